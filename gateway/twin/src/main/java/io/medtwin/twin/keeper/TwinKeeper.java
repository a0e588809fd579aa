package io.medtwin.twin.keeper;

import io.medtwin.journal.Entry;
import io.medtwin.journal.Journal;
import io.medtwin.journal.Kept;
import io.medtwin.journal.Note;
import io.medtwin.journal.Receipt;
import io.medtwin.journal.Received;
import io.medtwin.twin.backend.Answer;
import io.medtwin.twin.backend.TwinBackend;
import io.medtwin.twin.backend.TwinCommand;
import io.medtwin.twin.keeper.Latency.Stage;
import io.medtwin.twin.ledger.Account;
import io.medtwin.twin.ledger.Balance;
import io.medtwin.twin.ledger.Outage;
import io.medtwin.twin.ledger.Outages;
import io.medtwin.twin.normalizer.Units;
import io.medtwin.twin.outbox.WriteBudget;
import io.medtwin.twin.tap.Taps;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns all twins with one thread. Entries come from the journal, once they are on disk; what the
 * keeper does by itself is noted there, and a command is submitted when its note is on disk. So a
 * new life of the gateway finds everything as it was left.
 */
public final class TwinKeeper implements AutoCloseable {

  /** Most reports that wait to be taken into a twin; the journal waits beyond it. */
  public static final int INBOX_LIMIT = 16_384;

  private static final Logger LOG = LoggerFactory.getLogger(TwinKeeper.class);
  private static final Duration SWEEP_PERIOD = Duration.ofMillis(25);
  private static final Duration ROOM_WAIT = Duration.ofMillis(200);

  /** Most questions about one device that wait for the keeper; a further one waits to be asked. */
  static final int QUESTIONS_LIMIT = 16;

  /** Longest wait until one may be asked, and then for its answer. */
  private static final Duration ANSWER_WAIT = Duration.ofSeconds(1);

  /** Longest wait for a device to be taken up, and for an entry to be on disk. */
  private static final Duration ADD_WAIT = Duration.ofSeconds(5);

  private static final Duration SAVE_CYCLE = Duration.ofSeconds(5);
  private static final Duration WHOLE_PERIOD = Duration.ofSeconds(1);
  private static final int BATCH = 64;

  private final TwinBackend backend;
  private final Journal journal;
  private final InstantSource clock;
  private final Lines lines;
  private final Saver saver;
  private final LinkedBlockingQueue<Input> inbox = new LinkedBlockingQueue<>();
  private final Semaphore room = new Semaphore(INBOX_LIMIT);
  private final WriteBudget budget = new WriteBudget();
  private final Thread owner;
  private final Look<Overview> overview;
  private final Look<List<Account>> accounts;
  private final Look<Traffic> traffic;
  private final Latencies latencies = new Latencies();
  private final Outages outages;
  private final Semaphore questions = new Semaphore(QUESTIONS_LIMIT);
  private final Set<DeviceLine> urgent = new LinkedHashSet<>();
  private volatile Set<Long> messagesBefore = Set.of();
  private volatile boolean closing;
  private volatile boolean ended;
  private Set<String> former = Set.of();
  private boolean wasConnected;
  private boolean answered;
  private boolean still;
  private Instant nextSweep;
  private long lastPosition;
  private long lastNote;
  private Instant begin;
  private long reports;
  private long sent;
  private long stored;
  private long busy;
  private long refused;
  private int turn;

  private sealed interface Input {
    /** Entries in their order, of which {@code reports} are counted as waiting, and since when. */
    record Taken(List<Kept> entries, int reports, long atMillis) implements Input {}

    /** A command whose note is on disk. */
    record Noted(DeviceLine line, TwinCommand command) implements Input {}

    record Answered(DeviceLine line, Answer answer, Duration took) implements Input {}

    /** Other profiles for devices that are there. */
    record Replanned(Collection<DevicePlan> plans) implements Input {}

    /** One more device. */
    record Added(DevicePlan plan, CompletableFuture<Boolean> done) implements Input {}

    /** A question, which answers itself. */
    record Asked(Runnable question) implements Input {}
  }

  /** All devices at one moment; made when somebody asks, since it costs as much as a sweep. */
  private record Overview(List<DeviceView> views, Balance total) {}

  /** A keeper of these devices, at which nobody looks; {@link #start} sets it to work. */
  public TwinKeeper(
      Collection<DevicePlan> plans,
      TwinBackend backend,
      Journal journal,
      Units units,
      InstantSource clock,
      RandomGenerator random) {
    this(plans, backend, journal, units, clock, random, new Taps());
  }

  /**
   * A keeper of these devices; {@link #start} sets it to work.
   *
   * @param taps those who look over a device's shoulder are told what it says
   */
  public TwinKeeper(
      Collection<DevicePlan> plans,
      TwinBackend backend,
      Journal journal,
      Units units,
      InstantSource clock,
      RandomGenerator random,
      Taps taps) {
    this.backend = backend;
    this.journal = journal;
    this.clock = clock;
    this.lines = new Lines(plans, units, random, clock.instant(), taps);
    this.saver = new Saver(lines, journal, SAVE_CYCLE.dividedBy(SWEEP_PERIOD));
    this.owner = Thread.ofPlatform().name("twin-keeper").unstarted(this::run);
    this.begin = clock.instant();
    this.nextSweep = begin;
    this.outages = new Outages(begin);
    this.overview = new Look<>(this::look, clock);
    this.accounts = new Look<>(this::lookAtAccounts, clock);
    this.traffic = new Look<>(this::lookAtTraffic, clock);
  }

  /**
   * Takes up what the journal knows, and begins. Blocks while the journal is read: a second or two
   * for a large one.
   */
  public void start() {
    recover();
    owner.start();
  }

  /**
   * Begins without a thread of its own: {@link #turn} does what there is to do. For a line whose
   * time somebody else lets pass, and whose journal no later life reads: nothing is saved.
   */
  public void startStill() {
    still = true;
    recover();
  }

  /**
   * Does what there is to do now, on the caller's thread, as its own thread would between two
   * waits. Only after {@link #startStill}, and by one thread.
   */
  public void turn() {
    takeAll();
    nextSweep = step(nextSweep);
    takeAll();
  }

  private void takeAll() {
    for (var input = inbox.poll(); input != null; input = inbox.poll()) {
      take(input);
    }
  }

  private void recover() {
    begin = now();
    var recovered = new Recovered(lines, begin);
    var end = journal.recover(recovered);
    messagesBefore = Set.copyOf(recovered.messages());
    lastPosition = end.position();
    lastNote = end.note();
    var now = now();
    for (String why : recovered.damages()) {
      lines.all().forEach(line -> line.damaged(why, now));
    }
    for (DeviceLine line : lines.all()) {
      begin(line, now);
    }
    former = Set.copyOf(recovered.former());
    tellDoubts();
    if (recovered.isAnything()) {
      LOG.info(
          "took up {} saved devices, {} entries and {} notes of the journal in {} ms",
          recovered.saved(),
          recovered.entries(),
          recovered.notes(),
          Duration.between(begin, now).toMillis());
    }
    lines.all().forEach(this::noteUrgency);
    looks(Look::refresh);
    nextSweep = begin;
    journal.start(this::take);
  }

  /** Takes entries that are on disk; blocks while the keeper is full. */
  private void take(List<Kept> entries) throws InterruptedException {
    int reports = 0;
    for (Kept kept : entries) {
      reports += kept.entry() instanceof Entry.Heard heard ? heard.reports().size() : 0;
    }
    int permits = Math.min(reports, INBOX_LIMIT);
    while (!room.tryAcquire(permits, ROOM_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
      if (ended) {
        return; // they are in the journal, and taken up by the next life
      }
    }
    inbox.add(new Input.Taken(entries, permits, clock.millis()));
  }

  /**
   * Takes up one more device while running. Any thread; waits for the keeper's next turn.
   *
   * @return false where the device is there already, or where the journal knows one of that id from
   *     an earlier configuration: only a restart takes up what it was
   */
  public boolean add(DevicePlan plan) throws InterruptedException {
    var added = new Input.Added(plan, new CompletableFuture<>());
    inbox.add(added);
    try {
      return added.done().get(ADD_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return false;
    }
  }

  /**
   * Says that a device is in maintenance; also one that is in it already, with another reason or
   * end. It is in the journal when this returns, or the disk fails. Any thread.
   *
   * @return false where there is no such device
   */
  public boolean mute(String device, Maintenance maintenance) throws InterruptedException {
    return keep(
        new Entry.Muted(
            device, maintenance.reason(), maintenance.until(), maintenance.by(), now()));
  }

  /**
   * Ends a device's maintenance, if it is in any; else as {@link #mute}.
   *
   * @param by who says so
   */
  public boolean unmute(String device, String by) throws InterruptedException {
    return keep(new Entry.Unmuted(device, by, now()));
  }

  private boolean keep(Entry entry) throws InterruptedException {
    if (lines.find(entry.device()).isEmpty()) {
      return false;
    }
    var told = new CountDownLatch(1);
    journal.append(
        entry,
        new Receipt() {
          @Override
          public void kept() {
            told.countDown();
          }

          @Override
          public void notKept(String why) {
            told.countDown();
          }
        });
    var unused = told.await(ADD_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    return true;
  }

  /** Counts bytes or messages of a device that made no sense. */
  public void discarded(String device, int bytes) {
    lines.find(device).ifPresent(line -> line.discardedBytes.add(bytes));
  }

  /** Last sequence number of a device that was taken in before this life began. */
  public long lastSequence(String device) {
    return lines.find(device).map(DeviceLine::firstSequence).orElse(0L);
  }

  /**
   * Whether an earlier life of the gateway took a message.
   *
   * @param message as in {@link io.medtwin.journal.Received#message}
   */
  public boolean tookBefore(long message) {
    return messagesBefore.contains(message);
  }

  /**
   * All devices as they were a moment ago, in the order they were configured. Any thread; waits for
   * the keeper's next turn.
   */
  public List<DeviceView> views() {
    return overview.get(isAnswering()).views();
  }

  /** The ledger of all devices together, as it was a moment ago; else as {@link #views}. */
  public Balance total() {
    return overview.get(isAnswering()).total();
  }

  /** The ledger of each device, all as of one moment; else as {@link #views}. */
  public List<Account> accounts() {
    return accounts.get(isAnswering());
  }

  /**
   * Everything known of one device, as of one moment. Any thread; waits for the keeper's next turn,
   * at most 2 s.
   *
   * @return empty where there is no such device, or where the keeper does not come to it in time
   */
  public Optional<DeviceReader.Told> told(String device) {
    return lines.find(device).flatMap(line -> ask(line::told));
  }

  /** What goes through here; else as {@link #views}. */
  public Traffic traffic() {
    return traffic.get(isAnswering());
  }

  /** Times of this life in which the backend could not be reached, the latest last. Any thread. */
  public List<Outage> outages() {
    return outages.list();
  }

  /**
   * The latest alerts of a device in this life, oldest first; alerts that an earlier life left
   * present are among them. Any thread; waits as {@link #told}, and is empty where that is.
   */
  public List<AlertSpan> pastAlerts(String device) {
    return lines.find(device).flatMap(line -> ask(line::pastAlerts)).orElse(List.of());
  }

  /**
   * The latest stretches of a wave, of the last seconds at most. Any thread, without waiting.
   *
   * @param metric name of the wave, {@code channel.name}
   * @param after number of the last stretch that is known already, or 0
   * @return stretches with a higher number, oldest first; empty where there is no such wave
   */
  public List<Stretch> wave(String device, String metric, long after) {
    return lines.find(device).map(line -> line.waves.after(metric, after)).orElse(List.of());
  }

  /** Has the keeper's thread answer a question; empty where it does not in time. */
  private <T> Optional<T> ask(Supplier<T> question) {
    if (ended) {
      return Optional.of(question.get()); // nobody changes anything any more
    }
    long wait = ANSWER_WAIT.toMillis();
    try {
      if (!owner.isAlive() || !questions.tryAcquire(wait, TimeUnit.MILLISECONDS)) {
        return Optional.empty();
      }
      var answer = new CompletableFuture<T>();
      inbox.add(new Input.Asked(() -> answer(question, answer)));
      return Optional.of(answer.get(wait, TimeUnit.MILLISECONDS));
    } catch (TimeoutException | ExecutionException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private <T> void answer(Supplier<T> question, CompletableFuture<T> answer) {
    questions.release();
    try {
      answer.complete(question.get());
    } catch (RuntimeException e) { // who asks must not end who is asked
      answer.completeExceptionally(e);
    }
  }

  /** Questions that wait for the keeper. */
  int questionsWaiting() {
    return QUESTIONS_LIMIT - questions.availablePermits();
  }

  private boolean isAnswering() {
    return !ended && owner.isAlive();
  }

  private void looks(Consumer<Look<?>> each) {
    each.accept(overview);
    each.accept(accounts);
    each.accept(traffic);
  }

  /** Tells the backend what it can within {@code grace}, and ends. The rest is in the journal. */
  public void close(Duration grace) {
    closing = true;
    try {
      if (owner.isAlive() && !owner.join(grace)) {
        owner.interrupt();
        owner.join(Duration.ofSeconds(1));
      }
    } catch (InterruptedException e) {
      owner.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    close(Duration.ofSeconds(3));
  }

  private void run() {
    try {
      while (!closing || isAnythingPending()) {
        takeBatch();
        nextSweep = step(nextSweep);
        looks(Look::answer);
      }
    } catch (InterruptedException e) {
      LOG.info("stopped before everything was acknowledged; the journal has the rest");
    }
    saver.saveAll(lastPosition, lastNote, false);
    looks(Look::refresh);
    ended = true;
    looks(Look::answer);
  }

  /** What follows from what was taken and from the time; gives when the next sweep is due. */
  private Instant step(Instant sweepAt) {
    tellDoubts();
    var now = now();
    boolean sweeps = !now.isBefore(sweepAt) || sweepAt.isAfter(now.plus(SWEEP_PERIOD));
    if (sweeps) {
      sweep(now);
    } else if ((answered || budget.isRateLimited()) && wasConnected) {
      send(now); // what was answered made room
    } else if (!urgent.isEmpty() && wasConnected) {
      sendUrgent(now);
    }
    answered = false;
    return sweeps ? now.plus(SWEEP_PERIOD) : sweepAt;
  }

  private void takeBatch() throws InterruptedException {
    var wait = budget.isRateLimited() ? WriteBudget.FEEL : SWEEP_PERIOD;
    var input = inbox.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
    for (int taken = 0; input != null; taken++) {
      take(input);
      input = taken < BATCH ? inbox.poll() : null;
    }
  }

  private void take(Input input) {
    switch (input) {
      case Input.Taken taken -> {
        room.release(taken.reports());
        for (Kept kept : taken.entries()) {
          lastPosition = kept.position();
          if (kept.entry() instanceof Entry.Heard heard) {
            countDurable(heard, taken.atMillis());
          }
          lines
              .find(kept.entry().device())
              .ifPresent(
                  line -> {
                    line.take(kept.position(), kept.entry());
                    noteUrgency(line);
                  });
        }
      }
      case Input.Noted noted -> {
        var sent = clock.instant();
        var unused =
            backend
                .submit(noted.command())
                .thenAccept(
                    answer -> {
                      var took = Duration.between(sent, clock.instant());
                      inbox.add(new Input.Answered(noted.line(), answer, took));
                    });
      }
      case Input.Replanned replanned -> takeUp(replanned.plans());
      case Input.Answered settled -> {
        settle(settled);
        answered = true;
      }
      case Input.Added added -> added.done().complete(takeUp(added.plan()));
      case Input.Asked asked -> asked.question().run();
    }
  }

  private void countDurable(Entry.Heard heard, long atMillis) {
    for (Received report : heard.reports()) {
      reports++;
      latencies.add(Stage.DURABLE, atMillis - report.receivedAt().toEpochMilli());
    }
  }

  /** Counts how long something took that came in this life; what an earlier one took counts not. */
  private void took(Stage stage, @Nullable Instant arrival, Instant now) {
    if (arrival != null && !arrival.isBefore(begin)) {
      latencies.add(stage, now.toEpochMilli() - arrival.toEpochMilli());
    }
  }

  private boolean takeUp(DevicePlan plan) {
    var device = plan.facts().device();
    if (lines.find(device).isPresent() || former.contains(device)) {
      return false;
    }
    begin(lines.add(plan, now()), now());
    return true;
  }

  /** A device begins in this life of the gateway. */
  private void begin(DeviceLine line, Instant now) {
    line.restart(now);
    journal.note(new Note.Restarted(note(line), lastPosition, line.device(), now), null);
  }

  private void tellDoubts() {
    for (DeviceLine line : lines.kinship().news()) {
      LOG.warn(
          "{}: {}; its twin keeps its name and says so; correct the gateway file, or swap the"
              + " devices back",
          line.device(),
          line.doubt());
    }
  }

  /**
   * Devices go on under other profiles, and what they have under them is saved at once: what came
   * before is never taken for the new profile's. Any thread.
   *
   * @param plans of the same things as before; those of devices that are not there change nothing
   */
  public void replan(Collection<DevicePlan> plans) {
    inbox.add(new Input.Replanned(List.copyOf(plans)));
  }

  private void takeUp(Collection<DevicePlan> plans) {
    var changed = new ArrayList<DeviceLine>();
    for (DevicePlan plan : plans) {
      var line = lines.find(plan.facts().device());
      if (line.isPresent()) {
        line.get().replan(plan, now());
        noteUrgency(line.get());
        changed.add(line.get());
      }
    }
    saver.save(changed, lastPosition, lastNote);
  }

  private void settle(Input.Answered answered) {
    var line = answered.line();
    var answer = answered.answer();
    var now = now();
    if (answer instanceof Answer.Busy busy) {
      budget.busy(now, !busy.mayBeStored());
    } else {
      budget.good(now, answered.took());
    }
    switch (answer) {
      case Answer.Stored _, Answer.Provisioned _, Answer.Recalled _ -> stored++;
      case Answer.Busy _ -> this.busy++;
      case Answer.Refused _, Answer.NotProvisioned _, Answer.Outdated _ -> refused++;
    }
    int known = line.known(answer);
    line.settle(answer, now);
    line.takeConfirmed()
        .ifPresent(
            confirmed -> {
              took(Stage.ACKNOWLEDGED, confirmed.oldest(), now);
              confirmed.alerts().forEach(came -> took(Stage.ALERT_ACKNOWLEDGED, came, now));
            });
    noteUrgency(line);
    journal.note(Answers.note(answer, known, note(line), lastPosition, line.device(), now), null);
  }

  /**
   * Lets time pass for every device, and sends what is due: devices with alerts first, the others
   * in turn.
   */
  private void sweep(Instant now) {
    for (DeviceLine line : lines.all()) {
      if (line.age(now)) {
        journal.note(new Note.Aged(note(line), lastPosition, line.device(), now), null);
      }
    }
    boolean connected = backend.reach() == TwinBackend.Reach.CONNECTED;
    if (connected && !wasConnected) {
      lines.all().forEach(line -> line.reconnected(now));
    }
    wasConnected = connected;
    outages.look(now, connected, this::totals);
    if (connected) {
      send(now);
    }
    if (still) {
      return;
    }
    if (journal.wantsWholeState()) {
      if (saver.isTimeForWhole(now, WHOLE_PERIOD)) {
        saver.saveAll(lastPosition, lastNote, true);
      }
    } else {
      saver.saveSome(lastPosition, lastNote);
    }
  }

  private void noteUrgency(DeviceLine line) {
    if (line.hasUrgent()) {
      urgent.add(line);
    }
  }

  /** Sends for devices whose alerts or events wait, without waiting for the next sweep. */
  private void sendUrgent(Instant now) {
    for (var each = urgent.iterator(); each.hasNext(); ) {
      var line = each.next();
      sendIfDue(line, now);
      if (!line.hasUrgent()) {
        each.remove();
      }
    }
  }

  private void send(Instant now) {
    sendUrgent(now);
    int count = lines.all().size();
    int first = turn;
    for (int i = 0; i < count && budget.allows(now); i++) {
      int at = (first + i) % count;
      if (sendIfDue(lines.all().get(at), now)) {
        turn = (at + 1) % count;
      }
    }
  }

  private boolean sendIfDue(DeviceLine line, Instant now) {
    if (!budget.allows(now)) {
      return false;
    }
    var due = line.next(now);
    if (due.isEmpty()) {
      return false;
    }
    budget.sent(now);
    sent++;
    took(Stage.SENT, line.oldestInFlight(), now);
    var command = due.get();
    var note =
        switch (command) {
          case TwinCommand.Provision _, TwinCommand.Recall _ ->
              new Note.Sent(note(line), lastPosition, line.device(), now, 0, 0);
          case TwinCommand.Merge merge ->
              new Note.Sent(
                  note(line), lastPosition, line.device(), now, merge.epoch(), merge.seq());
        };
    journal.note(note, () -> inbox.add(new Input.Noted(line, command)));
    return true;
  }

  private long note(DeviceLine line) {
    lastNote++;
    line.noted(lastNote);
    return lastNote;
  }

  private boolean isAnythingPending() {
    if (!inbox.isEmpty()) {
      return true;
    }
    return backend.reach() == TwinBackend.Reach.CONNECTED
        && lines.all().stream().anyMatch(DeviceLine::isPending);
  }

  private Overview look() {
    var shown = new ArrayList<DeviceView>();
    var sum = Balance.NONE;
    for (DeviceLine line : lines.all()) {
      var balance = line.total();
      sum = sum.plus(balance);
      shown.add(line.view(balance));
    }
    return new Overview(List.copyOf(shown), sum);
  }

  /**
   * As the outages want it; a device of which the backend takes nothing, whatever its connection,
   * holds up no drain.
   */
  private Outages.Totals totals() {
    var sum = Balance.NONE;
    @Nullable Instant oldest = null;
    for (DeviceLine line : lines.all()) {
      sum = sum.plus(line.total());
      oldest = line.isShutOut() ? oldest : earlier(oldest, line.oldestPending());
    }
    return new Outages.Totals(sum.received(), sum.expired(), oldest);
  }

  private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
    if (a == null) {
      return b;
    }
    return b == null || a.isBefore(b) ? a : b;
  }

  private Traffic lookAtTraffic() {
    long pending = 0;
    @Nullable Instant oldest = null;
    for (DeviceLine line : lines.all()) {
      pending += line.total().pending();
      oldest = earlier(oldest, line.oldestPending());
    }
    return new Traffic(
        reports,
        INBOX_LIMIT - room.availablePermits(),
        pending,
        oldest,
        sent,
        stored,
        busy,
        refused,
        budget.inFlight(),
        budget.limit(),
        budget.isRateLimited() ? budget.rate() : 0,
        latencies.all());
  }

  private List<Account> lookAtAccounts() {
    return lines.all().stream().map(DeviceLine::account).toList();
  }

  /** In whole milliseconds, as the journal keeps it. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
