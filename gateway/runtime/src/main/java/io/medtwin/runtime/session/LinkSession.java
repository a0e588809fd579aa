package io.medtwin.runtime.session;

import io.medtwin.spi.Driver;
import io.medtwin.spi.Message;
import io.medtwin.spi.MessageDriver;
import io.medtwin.spi.Session;
import io.medtwin.spi.StreamDriver;
import io.medtwin.spi.transport.BufferedStreamLink;
import io.medtwin.spi.transport.ByteWire;
import io.medtwin.spi.transport.MessageWire;
import io.medtwin.spi.transport.Wire;
import io.medtwin.twin.tap.Recording;
import io.medtwin.twin.tap.Taps;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One link, kept alive: opens the transport, runs the driver, and when either ends waits and begins
 * again, until {@link #stop}. Has a platform thread of its own: a driver that spins then competes
 * with the others for the processor, and does not take a carrier from all of them.
 */
final class LinkSession {

  private static final Logger LOG = LoggerFactory.getLogger(LinkSession.class);

  /**
   * A session that lasted this long, or in which something was emitted, ends the doubling of
   * pauses.
   */
  private static final Duration STEADY = Duration.ofSeconds(30);

  private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

  /** A quarantine that only another driver ends. */
  static final Duration FOR_GOOD = Duration.ofDays(36_500);

  /** How long a driver that is too bad is left alone. */
  static final Duration QUARANTINE = Duration.ofMinutes(10);

  private final SessionPlan plan;
  private final Doorway doorway;
  private final Conduct conduct = new Conduct();
  private final ThreadGroup group;
  private final Reporter reporter;
  private final TakenMessages taken;
  private final InstantSource clock;
  private final BackOff backOff;
  private final Taps taps;
  private final Map<String, String> claimed = new ConcurrentHashMap<>();
  private final Semaphore nudge = new Semaphore(0);
  private final Thread thread;
  private volatile Turn turn;
  private volatile boolean stopping;
  private volatile int systemThread;
  private volatile SessionState state = new SessionState.Waiting();
  private volatile @Nullable Wire wire;
  private volatile String stopWhy = "";
  private volatile String driverId = "";
  private StillSession.@Nullable Pauses pauses;
  private String lastFault = "";
  private String givenUp = "";
  private Duration quarantine = QUARANTINE;

  /**
   * Whose turn it is.
   *
   * @param maker makes the driver
   * @param begun reached when that driver runs
   */
  private record Turn(Supplier<Driver> maker, CountDownLatch begun) {
    Turn(Supplier<Driver> maker) {
      this(maker, new CountDownLatch(1));
    }
  }

  /**
   * @param tookBefore whether an earlier life of the gateway took a message
   */
  LinkSession(
      SessionPlan plan,
      Reporter reporter,
      Doorway doorway,
      LongPredicate tookBefore,
      InstantSource clock,
      RandomGenerator random,
      Taps taps) {
    this.plan = plan;
    this.doorway = doorway;
    this.turn = new Turn(plan.driver());
    this.taps = taps;
    this.reporter = reporter;
    this.taken = new TakenMessages(plan.name(), tookBefore);
    this.clock = clock;
    this.backOff = new BackOff(random);
    this.group = new ThreadGroup("session-" + plan.name());
    this.thread =
        Thread.ofPlatform()
            .group(group)
            .daemon()
            .name("session-" + plan.name())
            .unstarted(this::keepAlive);
  }

  void start() {
    thread.start();
  }

  /** Lives on the caller's thread until {@link #stop}. */
  void live(StillSession.Pauses newPauses) {
    pauses = newPauses;
    keepAlive();
  }

  /** Asks it to end, and says why to those who ask for its devices; returns at once. */
  void stop(String why) {
    stopWhy = why;
    stopping = true;
    nudge.release();
    throwOut();
  }

  /** Ends what it is in; then it begins anew. */
  private void throwOut() {
    thread.interrupt();
    closeWire();
  }

  /**
   * Lets another driver take over, on the same open link where there is one: the one before leaves
   * as soon as it waits for its device, and what it did not take is the other's.
   *
   * @return false if it had to be thrown out, so that the link is opened anew
   */
  boolean handOver(Supplier<Driver> next) throws InterruptedException {
    var now = new Turn(next);
    turn = now;
    driverId = "";
    doorway.ask();
    nudge.release(); // a quarantine ends with the driver that deserved it
    if (!(state instanceof SessionState.Running)
        || now.begun().await(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
      return true;
    }
    throwOut();
    return false;
  }

  /** Begins as one whose driver has to be left alone for long. */
  void quarantine(String why, Duration atLeast) {
    conduct.condemn();
    givenUp = why;
    quarantine = atLeast;
  }

  /**
   * Looks, once a second, whether the driver still does what a driver does.
   *
   * @return false if it has to be given up
   */
  boolean look() {
    return switch (conduct.look(state instanceof SessionState.Running, doorway.look())) {
      case LET_BE -> true;
      case THROW_OUT -> {
        LOG.error(
            "{}: the driver did not come back to its link for {} s; the link is closed",
            plan.name(),
            Conduct.MOST_IDLE_LOOKS);
        throwOut();
        yield true;
      }
      case GIVE_UP -> false;
    };
  }

  /** Gives up a driver that cannot be ended: it may tell nothing more, and gets little time. */
  void giveUp() {
    doorway.close();
    stopping = true;
    closeWire();
    Nice.least(systemThread);
    LOG.error(
        "{}: the driver cannot be ended; it is left behind and may tell nothing more", plan.name());
  }

  /** Waits for its end; false if it does not come. */
  boolean awaitStopped() throws InterruptedException {
    return thread.join(STOP_LIMIT);
  }

  SessionState state() {
    return state;
  }

  LinkCounts counts() {
    return reporter.counts();
  }

  String name() {
    return plan.name();
  }

  /** As it is now. */
  LinkView view() {
    return new LinkView(
        plan.name(), plan.transport().name(), driverId(), state, devices(), reporter.counts());
  }

  private String driverId() {
    if (driverId.isEmpty()) {
      try {
        driverId = turn.maker().get().descriptor().id(); // not run yet
      } catch (RuntimeException | LinkageError e) {
        return ""; // a run will say what is wrong with it
      }
    }
    return driverId;
  }

  /** With the driver whose turn it is. */
  SessionPlan plan() {
    return plan.with(turn.maker());
  }

  /** The configured devices, those that were claimed since among them. */
  List<String> devices() {
    if (plan.device().isPresent()) {
      return List.of(plan.device().get());
    }
    return Stream.concat(plan.behind().values().stream(), claimed.values().stream()).toList();
  }

  /** Takes up a device behind this hub while the session runs. */
  void claim(String address, String device) {
    claimed.put(address, device);
    if (state instanceof SessionState.Running) {
      reporter.opened(device);
    }
    reporter.claim(address, device);
  }

  /** Devices that were claimed since, by their address. */
  Map<String, String> claimed() {
    return claimed;
  }

  /** Takes those off the list that are configured by now. */
  void forgetUnclaimed(Unclaimed unclaimed) {
    for (var device : unclaimed.list()) {
      if (device.hub().equals(name()) && reporter.isConfigured(plan, device.address())) {
        unclaimed.remove(device.hub(), device.address());
      }
    }
  }

  private void keepAlive() {
    systemThread = Nice.current();
    while (!isStopping()) {
      var why = givenUp.isEmpty() ? once() : givenUp;
      givenUp = "";
      var unused = Thread.interrupted(); // a driver's own interrupt must not cut the pause short
      try {
        pauseAfter(why);
      } catch (InterruptedException e) {
        // the way out when stopping
      }
    }
    reporter.lost(devices(), stopWhy);
    state = new SessionState.Stopped();
  }

  /** Runs one session and says why it ended. */
  private String once() {
    state = new SessionState.Opening(clock.instant());
    @Nullable Instant running = null;
    boolean faulty = false;
    try (var open = plan.transport().open()) {
      wire = open;
      if (isStopping()) { // it may have been too early for stop() to close this wire
        return "stopped";
      }
      running = clock.instant();
      if (taps.isAnyRecorded()) {
        openedRecordings();
      }
      state = new SessionState.Running(running);
      reporter.opened(devices(), open instanceof MessageWire);
      backAgain();
      run(open);
      return "the device closed the link";
    } catch (IOException e) {
      if (running == null) {
        tellLine(Recording.Change.FAILED, messageOf(e));
      }
      return messageOf(e);
    } catch (Throwable e) { // whatever a driver throws ends this session, never the next one
      if (e instanceof VirtualMachineError dead && !(dead instanceof StackOverflowError)) {
        throw dead;
      }
      faulty = true;
      var why = "bug in the driver: " + e;
      if (!isStopping() && !why.equals(lastFault)) {
        LOG.error("{}: the driver failed; this is a bug in the driver", plan.name(), e);
      }
      return why;
    } finally {
      wire = null;
      if (running != null) {
        tellLine(Recording.Change.CLOSED, "");
        judge(running, faulty);
      }
    }
  }

  /** Counts what the driver did wrong in a session. */
  private void judge(Instant running, boolean faulty) {
    boolean wasWorthIt = wasWorthIt(running);
    if (wasWorthIt) {
      backOff.reset();
    }
    var left = ThreadsLeft.interrupt(group);
    if (!left.isEmpty()) {
      LOG.error(
          "{}: the driver left {} threads behind, {}; this is a bug in the driver",
          plan.name(),
          left.size(),
          left);
    }
    conduct.judge(faulty || !left.isEmpty(), wasWorthIt);
  }

  /** Whether the session that was running since then ends the doubling of pauses. */
  private boolean wasWorthIt(Instant running) {
    return reporter.tookSomething() || clock.instant().isAfter(running.plus(STEADY));
  }

  /** What a driver does with its link. */
  private interface Run {
    void with(Driver driver, Session session) throws IOException, InterruptedException;
  }

  private void run(Wire open) throws IOException, InterruptedException {
    var kind = plan.transport().kind();
    var name = plan.transport().name();
    switch (open) {
      case ByteWire bytes -> {
        var recorded = new RecordedBytes(bytes, plan.name(), taps);
        var link = new BufferedStreamLink(new WatchedBytes(tapped(recorded), doorway), kind, name);
        inTurn(
            open,
            (driver, session) -> {
              beginRecordings(link);
              streams(driver).run(link, session);
            });
      }
      case MessageWire messages -> {
        var link =
            new HeldMessageLink(
                new WatchedMessages(
                    tapped(new RecordedMessages(messages, plan.name(), this::deviceOf, taps)),
                    doorway),
                kind,
                name,
                reporter,
                this::refused,
                taken);
        try {
          inTurn(
              open,
              (driver, session) -> {
                beginRecordings(null);
                messages(driver).run(link, session);
                link.settle();
              });
        } finally {
          reporter.keepRest();
        }
      }
    }
  }

  /**
   * Recordings that wait for it begin with this driver; what an earlier one left unread on the link
   * comes first.
   */
  private void beginRecordings(@Nullable BufferedStreamLink link)
      throws IOException, InterruptedException {
    for (Recording recording : taps.recordings(plan.name())) {
      if (recording.began() != null) {
        continue;
      }
      long now = System.nanoTime();
      recording.begin(clock.instant(), now);
      recording.line(now, Recording.Change.OPENED, "");
      int unread = link == null ? 0 : link.available();
      if (link != null && unread > 0) {
        var bytes = new byte[unread];
        link.peek(unread, Duration.ZERO).get(bytes);
        recording.bytes(now, false, bytes);
      }
    }
  }

  /** Recordings that run are told that the line is open again. */
  private void openedRecordings() {
    for (Recording recording : taps.recordings(plan.name())) {
      if (recording.began() != null) {
        recording.line(System.nanoTime(), Recording.Change.OPENED, "");
      }
    }
  }

  private void tellLine(Recording.Change change, String why) {
    if (taps.isAnyRecorded()) {
      for (Recording recording : taps.recordings(plan.name())) {
        recording.begin(clock.instant(), System.nanoTime());
        recording.line(System.nanoTime(), change, why);
      }
    }
  }

  /** Runs the driver whose turn it is, and those that take over from it on the same link. */
  private void inTurn(Wire open, Run run) throws IOException, InterruptedException {
    doorway.takeAsked();
    while (true) {
      var now = turn;
      var driver = now.maker().get();
      var session = reporter.session(plan, driver.descriptor().id(), open::nanoTime);
      Thread.currentThread().setContextClassLoader(driver.getClass().getClassLoader());
      now.begun().countDown();
      try {
        run.with(driver, session);
        return;
      } catch (InterruptedException e) {
        if (isStopping() || !doorway.takeAsked()) {
          throw e;
        }
        LOG.info("{}: another driver takes over", plan.name());
      }
    }
  }

  private static StreamDriver streams(Driver driver) {
    return switch (driver) {
      case StreamDriver streams -> streams;
      case MessageDriver other -> throw notSuited(other.descriptor().id(), "messages", "bytes");
    };
  }

  private static MessageDriver messages(Driver driver) {
    return switch (driver) {
      case MessageDriver messages -> messages;
      case StreamDriver other -> throw notSuited(other.descriptor().id(), "bytes", "messages");
    };
  }

  /** Bytes of a device are shown to those who look at it; on a hub nobody knows whose they are. */
  private ByteWire tapped(ByteWire bytes) {
    return plan.device()
        .<ByteWire>map(one -> new TappedBytes(bytes, one, taps, clock))
        .orElse(bytes);
  }

  /** Messages are shown to those who look at the device they are of; never those of a stranger. */
  private MessageWire tapped(MessageWire messages) {
    return new TappedMessages(messages, this::deviceOf, taps, clock);
  }

  private @Nullable String deviceOf(Message message) {
    var address = message.device();
    return reporter.configured(plan, address == null ? message.address() : address);
  }

  private static IllegalStateException notSuited(String driver, String wants, String carries) {
    return new IllegalStateException(
        "driver " + driver + " takes " + wants + ", this link carries " + carries);
  }

  private void refused(Message message, io.medtwin.spi.MessageLink.Refusal kind, String why) {
    reporter.refused(plan, message, kind.name().toLowerCase(java.util.Locale.ROOT) + ": " + why);
  }

  private void backAgain() {
    if (backOff.attempts() > 0) {
      LOG.debug( // a device that is off is opened again and again; its first report is told
          "{}: {} is open again after {} attempts",
          plan.name(),
          plan.transport().name(),
          backOff.attempts());
    } else {
      LOG.info("{}: {} is open", plan.name(), plan.transport().name());
    }
  }

  private void pauseAfter(String why) throws InterruptedException {
    if (isStopping()) {
      return;
    }
    reporter.lost(devices(), why);
    if (conduct.isTooBad()) {
      leaveAlone(why);
      return;
    }
    var pause = backOff.next();
    state = new SessionState.BackingOff(clock.instant().plus(pause), why, backOff.attempts());
    if (why.equals(lastFault) && backOff.attempts() > 1) {
      LOG.debug("{}: {} again; reopening in {}", plan.name(), why, pause);
    } else {
      LOG.warn("{}: {} on {}; reopening in {}", plan.name(), why, plan.transport().name(), pause);
      lastFault = why;
    }
    pause(pause);
  }

  /** A quarantine: its end gives the driver one more try. */
  private void leaveAlone(String why) throws InterruptedException {
    boolean forGood = quarantine.compareTo(FOR_GOOD) >= 0;
    var until = forGood ? Instant.MAX : clock.instant().plus(quarantine);
    state = new SessionState.Quarantined(until, why);
    LOG.error(
        "{}: quarantined, since {}; tried again {}when its plugin is replaced",
        plan.name(),
        why,
        forGood ? "" : "in " + quarantine + ", or ");
    pause(quarantine);
    conduct.pardon();
    quarantine = QUARANTINE;
  }

  private void pause(Duration pause) throws InterruptedException {
    if (pauses != null) {
      pauses.pass(pause);
    } else if (!isStopping() && nudge.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
      nudge.drainPermits();
    }
  }

  private boolean isStopping() {
    return stopping;
  }

  private void closeWire() {
    var open = wire;
    if (open != null) {
      open.close();
    }
  }

  private static String messageOf(IOException e) {
    var message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
