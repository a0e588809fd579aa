package io.medtwin.runtime.session;

import io.medtwin.journal.Journal;
import io.medtwin.spi.Driver;
import io.medtwin.spi.transport.Transport;
import io.medtwin.twin.keeper.Latency;
import io.medtwin.twin.keeper.TwinKeeper;
import io.medtwin.twin.tap.Recording;
import io.medtwin.twin.tap.Taps;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All sessions of a gateway. Start once, close once. */
public final class Sessions implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

  /** So often is a driver that cannot be ended begun anew; each leaves a thread behind. */
  private static final int MOST_GIVEN_UP = 3;

  private final List<LinkSession> sessions = new CopyOnWriteArrayList<>();
  private final Map<String, AtomicLong> sequences = new ConcurrentHashMap<>();
  private final ReadingTimes times = new ReadingTimes();
  private final Unclaimed unclaimed = new Unclaimed();
  private final UnclaimedKeeper unclaimedKeeper;
  private final Watch watch = new Watch(this::look);
  private final Map<String, Integer> givenUp = new ConcurrentHashMap<>();
  private final Journal journal;
  private final TwinKeeper keeper;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Taps taps;
  private boolean closed;

  /**
   * Sessions for these plans, whose reports go to {@code journal} and from there to the keeper, and
   * at which nobody looks.
   */
  public Sessions(
      Collection<SessionPlan> plans,
      Journal journal,
      TwinKeeper keeper,
      InstantSource clock,
      RandomGenerator random) {
    this(plans, journal, keeper, clock, random, new Taps());
  }

  /**
   * Sessions for these plans, whose reports go to {@code journal} and from there to the keeper.
   *
   * @param taps those who look over a device's shoulder are told what its link carries
   */
  public Sessions(
      Collection<SessionPlan> plans,
      Journal journal,
      TwinKeeper keeper,
      InstantSource clock,
      RandomGenerator random,
      Taps taps) {
    this.taps = taps;
    this.journal = journal;
    this.keeper = keeper;
    this.clock = clock;
    this.random = random;
    this.unclaimedKeeper = new UnclaimedKeeper(unclaimed, journal);
    plans.forEach(plan -> sessions.add(session(plan)));
  }

  private LinkSession session(SessionPlan plan) {
    var doorway = new Doorway();
    var reporter = new Reporter(journal, keeper, clock, sequences, unclaimed, taps, doorway, times);
    return new LinkSession(plan, reporter, doorway, keeper::tookBefore, clock, random, taps);
  }

  /** Gives up drivers that do not come back, and begins their links anew, later. */
  synchronized void look() {
    for (int i = 0; i < sessions.size() && !closed; i++) {
      var session = sessions.get(i);
      if (!session.look()) {
        session.giveUp();
        int times = givenUp.merge(session.name(), 1, Integer::sum);
        var next = session(session.plan());
        session.claimed().forEach(next::claim);
        next.quarantine(
            "its driver could not be ended",
            times < MOST_GIVEN_UP ? LinkSession.QUARANTINE : LinkSession.FOR_GOOD);
        sessions.set(i, next);
        next.start();
      }
    }
  }

  /**
   * Lets another driver of an id take over wherever that runs, on the links that are open: nothing
   * of what they carry is lost or taken twice. Waits for it, at most 2 s a link.
   *
   * @param driver id
   * @param next makes the other driver
   * @return links that took part
   */
  public synchronized int handOver(String driver, Supplier<Driver> next)
      throws InterruptedException {
    int links = 0;
    for (LinkSession session : sessions) {
      if (session.view().driver().equals(driver)) {
        links++;
        if (!session.handOver(next)) {
          LOG.warn(
              "{}: driver {} does not come by to leave; its link is opened anew",
              session.name(),
              driver);
        }
      }
    }
    return links;
  }

  /** How a session's link is reached. */
  public Optional<Transport> transport(String name) {
    return sessions.stream()
        .filter(session -> session.name().equals(name))
        .findFirst()
        .map(session -> session.plan().transport());
  }

  /**
   * Records a link from its beginning: another instance of its driver takes over on it, and does
   * what a driver does first, while the link stays open. Waits for that, at most 2 s.
   *
   * @param name of the session
   * @param device whose messages alone are wanted, or null for all of the link
   * @return empty where there is no such session
   * @throws IllegalStateException there are too many recordings already
   */
  public synchronized Optional<Recording> record(String name, @Nullable String device)
      throws InterruptedException {
    for (LinkSession session : sessions) {
      if (session.name().equals(name)) {
        var recording = taps.record(name, device);
        if (!session.handOver(session.plan().driver())) {
          LOG.warn("{}: its driver does not come by; its link is opened anew to be recorded", name);
        }
        return Optional.of(recording);
      }
    }
    return Optional.empty();
  }

  /**
   * Ends a session and begins it anew with other settings of its driver, on the same link. Waits
   * for its end, at most 2 s; a driver that does not return by then keeps its settings.
   *
   * @param name of the session
   * @param settings all settings of the driver, as text
   */
  public synchronized void resettle(String name, Map<String, String> settings) {
    for (int i = 0; i < sessions.size() && !closed; i++) {
      var session = sessions.get(i);
      if (session.name().equals(name)) {
        session.stop("its driver gets other settings");
        if (!stopped(session)) {
          LOG.error("{}: the driver does not stop; it goes on with the settings it has", name);
          return;
        }
        var next = session(session.plan().with(settings));
        session.claimed().forEach(next::claim);
        sessions.set(i, next);
        next.start();
      }
    }
  }

  private static boolean stopped(LinkSession session) {
    try {
      return session.awaitStopped();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Starts all; after the journal was read. */
  public void start() {
    unclaimed.restore(journal.unclaimed());
    sessions.forEach(session -> session.forgetUnclaimed(unclaimed));
    sessions.forEach(LinkSession::start);
    unclaimedKeeper.start();
    watch.start();
  }

  /**
   * Takes up a device behind a hub whose session is there; the keeper has it already.
   *
   * @param address its own id there
   * @param device configured id
   * @return false where there is no session of that hub
   */
  public boolean claim(String hub, String address, String device) {
    for (LinkSession session : sessions) {
      if (session.name().equals(hub)) {
        session.claim(address, device);
        unclaimed.remove(hub, address);
        return true;
      }
    }
    return false;
  }

  /** Where each session stands, by name. */
  public Map<String, SessionState> states() {
    var states = new LinkedHashMap<String, SessionState>();
    sessions.forEach(session -> states.put(session.name(), session.state()));
    return states;
  }

  /** Each link as it is now, in the order of the plans. */
  public List<LinkView> links() {
    return sessions.stream().map(LinkSession::view).toList();
  }

  /** What each link carried and threw away so far, by name of its session. */
  public Map<String, LinkCounts> counts() {
    var counts = new LinkedHashMap<String, LinkCounts>();
    sessions.forEach(session -> counts.put(session.name(), session.counts()));
    return counts;
  }

  /** From what links gave to what drivers told, of all links together. */
  public Latency readingTimes() {
    return times.latency();
  }

  /** Devices heard that nobody configured. */
  public Unclaimed unclaimed() {
    return unclaimed;
  }

  /** Stops all; a driver that does not return within 2 s is left behind and named in the log. */
  @Override
  public synchronized void close() {
    closed = true;
    watch.close();
    sessions.forEach(session -> session.stop("the gateway was stopped"));
    try {
      for (LinkSession session : sessions) {
        if (!session.awaitStopped()) {
          LOG.error("{}: the driver does not stop; it is left behind", session.name());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    unclaimedKeeper.close();
  }
}
