package io.medtwin.runtime.session;

import io.medtwin.spi.Message;
import io.medtwin.spi.Report;
import io.medtwin.spi.Session;
import io.medtwin.spi.Setting;
import io.medtwin.twin.Received;
import io.medtwin.twin.keeper.TwinKeeper;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what one session's driver says to the keeper: adds device, arrival time and sequence
 * number.
 */
final class Reporter {

  private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);
  private static final int REASONS_LOGGED = 64;

  private final TwinKeeper keeper;
  private final InstantSource clock;
  private final Map<String, AtomicLong> sequences;
  private final Unclaimed unclaimed;
  private final Set<String> reasonsLogged = new HashSet<>();
  private final Set<String> heard = ConcurrentHashMap.newKeySet();
  private final LongAdder discards = new LongAdder();
  private final LongAdder discardedBytes = new LongAdder();
  private final LongAdder refusals = new LongAdder();
  private volatile boolean tookSomething;

  Reporter(
      TwinKeeper keeper,
      InstantSource clock,
      Map<String, AtomicLong> sequences,
      Unclaimed unclaimed) {
    this.keeper = keeper;
    this.clock = clock;
    this.sequences = sequences;
    this.unclaimed = unclaimed;
  }

  void opened(List<String> devices) {
    tookSomething = false;
    devices.forEach(keeper::linkUp);
  }

  void lost(List<String> devices, String why) {
    heard.clear();
    devices.forEach(device -> keeper.linkDown(device, why));
  }

  /** Whether the driver emitted anything since the link was opened. */
  boolean tookSomething() {
    return tookSomething;
  }

  /** The session of one run. */
  Session session(SessionPlan plan) {
    return new RunningSession(plan, plan.device().orElse(null), "");
  }

  /** What the link threw away so far. */
  LinkCounts counts() {
    return new LinkCounts(discards.sum(), discardedBytes.sum(), refusals.sum());
  }

  /** Counts a refused message, also for the device the transport says it came from. */
  void refused(SessionPlan plan, Message message, String why) {
    refusals.increment();
    discarded(plan, configured(plan, message.device()), why, message.payload().remaining());
  }

  /** The configured device of an address on this link, or null where nobody configured it. */
  private static @Nullable String configured(SessionPlan plan, @Nullable String address) {
    if (plan.device().isPresent()) {
      return plan.device().get();
    }
    if (address == null) {
      return null;
    }
    var device = plan.behind().get(address);
    return device == null ? plan.behind().get(address.toUpperCase(Locale.ROOT)) : device;
  }

  /** Counts what made no sense, and logs each reason once for each session. */
  private void discarded(SessionPlan plan, @Nullable String device, String why, int bytes) {
    discards.increment();
    discardedBytes.add(bytes);
    if (device != null) {
      keeper.discarded(device, bytes);
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
   * One run as the driver sees it; {@code device} is null for a hub itself and for a device nobody
   * configured.
   */
  private final class RunningSession implements Session {

    private final SessionPlan plan;
    private final @Nullable String device;
    private final String address;
    private final Map<String, Session> behind = new HashMap<>();

    RunningSession(SessionPlan plan, @Nullable String device, String address) {
      this.plan = plan;
      this.device = device;
      this.address = address;
    }

    @Override
    public void emit(Report report) throws InterruptedException {
      tookSomething = true;
      var now = clock.instant();
      if (device == null) {
        if (unclaimed.heard(plan.name(), address, now)) {
          LOG.info(
              "{}: heard an unclaimed device, {}; it gets no twin until it is configured",
              plan.name(),
              address);
        }
        return;
      }
      if (heard.add(device)) {
        LOG.info("{}: heard on {}", device, plan.transport().name());
      }
      long sequence =
          sequences.computeIfAbsent(device, unused -> new AtomicLong()).incrementAndGet();
      keeper.accept(new Received(device, report, now, sequence));
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
    public Session device(String id) {
      if (plan.device().isPresent()) {
        return this; // one device at the end of this link, whatever it calls itself
      }
      var known = behind.get(id);
      if (known != null) {
        return known;
      }
      var session = new RunningSession(plan, configured(plan, id), id);
      if (behind.size() < Unclaimed.LIMIT * 4) {
        behind.put(id, session);
      }
      return session;
    }
  }
}
