package io.medtwin.runtime.session;

import io.medtwin.journal.Entry;
import io.medtwin.journal.Journal;
import io.medtwin.journal.Receipt;
import io.medtwin.journal.Received;
import io.medtwin.spi.Message;
import io.medtwin.spi.Report;
import io.medtwin.spi.Session;
import io.medtwin.spi.Setting;
import io.medtwin.twin.keeper.TwinKeeper;
import io.medtwin.twin.tap.Tap;
import io.medtwin.twin.tap.TapEvent;
import io.medtwin.twin.tap.Taps;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what one session's driver says to the journal: adds device, arrival time and sequence
 * number. What is emitted for a message is gathered and appended when the message is done; what is
 * emitted from a stream of bytes is appended at once. Emitting is for one thread at a time.
 */
final class Reporter implements HeldMessageLink.Keeping {

  private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);
  private static final int REASONS_LOGGED = 64;

  private final Journal journal;
  private final TwinKeeper keeper;
  private final InstantSource clock;
  private final Map<String, AtomicLong> sequences;
  private final Unclaimed unclaimed;
  private final Taps taps;
  private final Doorway doorway;
  private final ReadingTimes times;
  private final Set<String> reasonsLogged = new HashSet<>();
  private final Map<String, String> claimed = new ConcurrentHashMap<>();
  private final Set<String> heard = ConcurrentHashMap.newKeySet();
  private final LongAdder reports = new LongAdder();
  private final LongAdder discards = new LongAdder();
  private final LongAdder discardedBytes = new LongAdder();
  private final LongAdder refusals = new LongAdder();
  private final LongAdder repetitions = new LongAdder();
  private final List<Received> gathered = new ArrayList<>();
  private volatile boolean tookSomething;
  private boolean gathering;
  private boolean muted;
  private Instant now = Instant.EPOCH;

  Reporter(
      Journal journal,
      TwinKeeper keeper,
      InstantSource clock,
      Map<String, AtomicLong> sequences,
      Unclaimed unclaimed,
      Taps taps,
      Doorway doorway,
      ReadingTimes times) {
    this.taps = taps;
    this.times = times;
    this.doorway = doorway;
    this.journal = journal;
    this.keeper = keeper;
    this.clock = clock;
    this.sequences = sequences;
    this.unclaimed = unclaimed;
  }

  /** A link is open; {@code messages} says whether it carries messages or bytes. */
  void opened(List<String> devices, boolean messages) {
    tookSomething = false;
    gathering = messages;
    muted = false;
    gathered.clear();
    link(devices, device -> new Entry.LinkUp(device, time()));
  }

  /** A link that is open reaches one more device. */
  void opened(String device) {
    link(List.of(device), opened -> new Entry.LinkUp(opened, wholeMillis(clock.instant())));
  }

  private static Instant wholeMillis(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS);
  }

  void lost(List<String> devices, String why) {
    heard.clear();
    link(devices, device -> new Entry.LinkDown(device, why, time()));
  }

  /** A link change is never held up, and never lost to a thread that is to stop. */
  private void link(List<String> devices, Function<String, Entry> entry) {
    if (doorway.isClosed()) {
      return; // another session speaks of these devices now
    }
    boolean stopping = Thread.interrupted();
    try {
      for (String device : devices) {
        journal.append(entry.apply(device), null);
      }
    } catch (InterruptedException e) {
      stopping = true;
    } finally {
      if (stopping) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Appends what was emitted since the last call, under what its message is known by (0: nothing);
   * the receipt is told when all of it is on disk, at once where there was nothing. Once the driver
   * was given up nothing is appended and nobody is told: the sender sends it again.
   */
  @Override
  public void keep(long message, Receipt receipt) throws InterruptedException {
    if (doorway.isClosed()) {
      gathered.clear();
    } else if (gathered.isEmpty()) {
      receipt.kept();
    } else {
      gathered.add(gathered.removeLast().ending(message));
      append(receipt);
    }
  }

  /** A message that was taken before: nothing is appended, and the receipt is told in its turn. */
  @Override
  public void again(Receipt receipt) {
    repetitions.increment();
    journal.await(receipt);
  }

  @Override
  public void mute(boolean newMuted) {
    muted = newMuted;
  }

  /** Appends what a driver emitted for a message and left unfinished. */
  void keepRest() throws InterruptedException {
    if (!doorway.isClosed() && !gathered.isEmpty()) {
      append(null);
    }
  }

  private void append(@Nullable Receipt receipt) throws InterruptedException {
    int from = 0;
    int count = gathered.size();
    for (int i = 1; i <= count; i++) {
      boolean ends = i == count || !gathered.get(i).device().equals(gathered.get(from).device());
      if (ends) {
        var heardOf = new Entry.Heard(gathered.get(from).device(), gathered.subList(from, i));
        journal.append(heardOf, i == count ? receipt : null);
        from = i;
      }
    }
    gathered.clear();
  }

  /** The time in whole milliseconds; the same object while the millisecond lasts. */
  private Instant time() {
    long millis = clock.millis();
    if (now.toEpochMilli() != millis) {
      now = Instant.ofEpochMilli(millis);
    }
    return now;
  }

  /** Whether the driver emitted anything since the link was opened. */
  boolean tookSomething() {
    return tookSomething;
  }

  /**
   * The session of one run.
   *
   * @param driver id of the driver that runs
   * @param nanoTime the time of the wire
   */
  Session session(SessionPlan plan, String driver, LongSupplier nanoTime) {
    var run = new Run(plan, driver, nanoTime, nanoTime.getAsLong());
    return new RunningSession(run, plan.device().orElse(null), "");
  }

  /** A device that was configured while the session runs: from its next word on it has a twin. */
  void claim(String address, String device) {
    claimed.put(address, device);
  }

  /** What the link carried and threw away so far. */
  LinkCounts counts() {
    return new LinkCounts(
        reports.sum(), discards.sum(), discardedBytes.sum(), refusals.sum(), repetitions.sum());
  }

  /** Counts a refused message, also for the device the transport says it came from. */
  void refused(SessionPlan plan, Message message, String why) {
    refusals.increment();
    discarded(plan, configured(plan, message.device()), why, message.payload().remaining());
  }

  /** The configured device of an address on this link, or null where nobody configured it. */
  @Nullable String configured(SessionPlan plan, @Nullable String address) {
    if (plan.device().isPresent()) {
      return plan.device().get();
    }
    if (address == null) {
      return null;
    }
    var device = configuredAs(plan, address);
    return device == null ? configuredAs(plan, address.toUpperCase(Locale.ROOT)) : device;
  }

  /** Whether an address on this link is that of a configured device. */
  boolean isConfigured(SessionPlan plan, String address) {
    return configured(plan, address) != null;
  }

  private @Nullable String configuredAs(SessionPlan plan, String address) {
    var device = plan.behind().get(address);
    return device == null ? claimed.get(address) : device;
  }

  /** Counts what made no sense, and logs each reason once for each session. */
  private void discarded(SessionPlan plan, @Nullable String device, String why, int bytes) {
    discards.increment();
    discardedBytes.add(bytes);
    if (device != null) {
      keeper.discarded(device, bytes);
      if (taps.isAny()) {
        for (Tap tap : taps.of(device)) {
          tap.tell(new TapEvent.Discarded(clock.instant(), why, bytes));
        }
      }
    }
    boolean isNew;
    synchronized (reasonsLogged) {
      isNew = reasonsLogged.size() < REASONS_LOGGED && reasonsLogged.add(why);
    }
    if (isNew) {
      LOG.warn(
          "{}: discarded {} bytes ({}) on {}; further ones are counted",
          plan.name(),
          bytes,
          why,
          plan.transport().name());
    }
  }

  /**
   * What all devices of one run share.
   *
   * @param driver id of the driver that runs
   * @param nanoTime the time of the wire
   * @param begun when the run began in it
   */
  private record Run(SessionPlan plan, String driver, LongSupplier nanoTime, long begun) {

    Duration elapsed() {
      return Duration.ofNanos(nanoTime.getAsLong() - begun);
    }
  }

  /**
   * One run as the driver sees it; {@code device} is null for a hub itself and for a device nobody
   * configured.
   */
  private final class RunningSession implements Session {

    private final Run run;
    private final SessionPlan plan;
    private @Nullable String device;
    private final String address;
    private final Map<String, Session> behind = new HashMap<>();

    RunningSession(Run run, @Nullable String device, String address) {
      this.run = run;
      this.plan = run.plan();
      this.device = device;
      this.address = address;
    }

    @Override
    public void emit(Report report) throws InterruptedException {
      doorway.beginTelling();
      try {
        tell(report);
      } finally {
        doorway.endTelling();
      }
    }

    private void tell(Report report) throws InterruptedException {
      if (muted) {
        return;
      }
      tookSomething = true;
      reports.increment();
      var now = time();
      if (device == null) {
        device = configured(plan, address); // it may have been claimed meanwhile
      }
      if (device == null) {
        if (unclaimed.heard(plan.name(), run.driver(), address, report, now)) {
          LOG.info(
              "{}: heard an unclaimed device, {}; it gets no twin until it is configured: medtwin"
                  + " device claim {}/{}",
              plan.name(),
              address,
              plan.name(),
              address);
        }
        return;
      }
      if (heard.add(device)) {
        LOG.info("{}: heard on {}", device, plan.transport().name());
      }
      long sequence =
          sequences
              .computeIfAbsent(device, known -> new AtomicLong(keeper.lastSequence(known)))
              .incrementAndGet();
      long broughtAt = doorway.broughtAt();
      if (broughtAt != Doorway.NOTHING) {
        times.add(run.nanoTime().getAsLong() - broughtAt);
      }
      var received = new Received(device, report, now, sequence);
      if (!gathering) {
        journal.append(Entry.Heard.of(received), null);
        return;
      }
      if (gathered.size() == Entry.Heard.MAX_REPORTS) {
        append(null); // never the last ones of a message, which have its receipt
      }
      gathered.add(received);
    }

    @Override
    public void discard(String why, int bytes) {
      discarded(plan, device, why, bytes);
    }

    @Override
    public <T> T setting(Setting<T> setting) {
      var configured = plan.settings().get(setting.name());
      return configured == null ? setting.defaultValue() : setting.parse(configured);
    }

    @Override
    public Duration elapsed() {
      return run.elapsed();
    }

    @Override
    public Session device(String id) {
      if (plan.device().isPresent()) {
        return this; // one device at the end of this link, whatever it calls itself
      }
      var known = behind.get(id);
      if (known != null) {
        return known;
      }
      var session = new RunningSession(run, configured(plan, id), id);
      if (behind.size() < Unclaimed.LIMIT * 4) {
        behind.put(id, session);
      }
      return session;
    }
  }
}
