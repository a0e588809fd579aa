package io.medtwin.runtime.session;

import io.medtwin.spi.Message;
import io.medtwin.spi.MessageDriver;
import io.medtwin.spi.StreamDriver;
import io.medtwin.spi.transport.BufferedStreamLink;
import io.medtwin.spi.transport.ByteWire;
import io.medtwin.spi.transport.MessageWire;
import io.medtwin.spi.transport.Wire;
import io.medtwin.twin.tap.Taps;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One link, kept alive: opens the transport, runs the driver, and when either ends waits and begins
 * again, until {@link #stop}. Has a thread of its own: a virtual one, or a platform thread where
 * reads block in native code.
 */
final class LinkSession {

  private static final Logger LOG = LoggerFactory.getLogger(LinkSession.class);

  /**
   * A session that lasted this long, or in which something was emitted, ends the doubling of
   * pauses.
   */
  private static final Duration STEADY = Duration.ofSeconds(30);

  private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

  private final SessionPlan plan;
  private final Reporter reporter;
  private final TakenMessages taken;
  private final InstantSource clock;
  private final BackOff backOff;
  private final Taps taps;
  private final Map<String, String> claimed = new ConcurrentHashMap<>();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;
  private volatile SessionState state = new SessionState.Waiting();
  private volatile @Nullable Wire wire;
  private volatile String stopWhy = "";
  private volatile String driverId = "";
  private String lastFault = "";

  /**
   * @param tookBefore whether an earlier life of the gateway took a message
   */
  LinkSession(
      SessionPlan plan,
      Reporter reporter,
      LongPredicate tookBefore,
      InstantSource clock,
      RandomGenerator random,
      Taps taps) {
    this.plan = plan;
    this.taps = taps;
    this.reporter = reporter;
    this.taken = new TakenMessages(plan.name(), tookBefore);
    this.clock = clock;
    this.backOff = new BackOff(random);
    var builder =
        plan.transport().blocksNatively() ? Thread.ofPlatform().daemon() : Thread.ofVirtual();
    this.thread = builder.name("session-" + plan.name()).unstarted(this::keepAlive);
  }

  void start() {
    thread.start();
  }

  /** Asks it to end, and says why to those who ask for its devices; returns at once. */
  void stop(String why) {
    stopWhy = why;
    stopping.countDown();
    thread.interrupt();
    closeWire();
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
        driverId = plan.driver().get().descriptor().id(); // not run yet
      } catch (RuntimeException | LinkageError e) {
        return ""; // a run will say what is wrong with it
      }
    }
    return driverId;
  }

  SessionPlan plan() {
    return plan;
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
    while (!isStopping()) {
      var why = once();
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
    try (var open = plan.transport().open()) {
      wire = open;
      if (isStopping()) { // it may have been too early for stop() to close this wire
        return "stopped";
      }
      running = clock.instant();
      state = new SessionState.Running(running);
      reporter.opened(devices(), open instanceof MessageWire);
      backAgain();
      run(open);
      return "the device closed the link";
    } catch (IOException e) {
      return messageOf(e);
    } catch (Throwable e) { // whatever a driver throws ends this session, never the next one
      if (e instanceof VirtualMachineError dead && !(dead instanceof StackOverflowError)) {
        throw dead;
      }
      var why = "bug in the driver: " + e;
      if (!isStopping() && !why.equals(lastFault)) {
        LOG.error("{}: the driver failed; this is a bug in the driver", plan.name(), e);
      }
      return why;
    } finally {
      wire = null;
      if (running != null && wasWorthIt(running)) {
        backOff.reset();
      }
    }
  }

  /** Whether the session that was running since then ends the doubling of pauses. */
  private boolean wasWorthIt(Instant running) {
    return reporter.tookSomething() || clock.instant().isAfter(running.plus(STEADY));
  }

  private void run(Wire open) throws IOException, InterruptedException {
    var driver = plan.driver().get();
    var session = reporter.session(plan, driver.descriptor().id());
    var kind = plan.transport().kind();
    var name = plan.transport().name();
    switch (open) {
      case ByteWire bytes when driver instanceof StreamDriver streams ->
          streams.run(new BufferedStreamLink(tapped(bytes), kind, name), session);
      case MessageWire messages when driver instanceof MessageDriver receiver -> {
        var link =
            new HeldMessageLink(tapped(messages), kind, name, reporter, this::refused, taken);
        try {
          receiver.run(link, session);
          link.settle();
        } finally {
          reporter.keepRest();
        }
      }
      case ByteWire bytes -> throw notSuited(driver.descriptor().id(), "messages", "bytes");
      case MessageWire messages -> throw notSuited(driver.descriptor().id(), "bytes", "messages");
    }
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
    var pause = backOff.next();
    state = new SessionState.BackingOff(clock.instant().plus(pause), why, backOff.attempts());
    if (why.equals(lastFault) && backOff.attempts() > 1) {
      LOG.debug("{}: {} again; reopening in {}", plan.name(), why, pause);
    } else {
      LOG.warn("{}: {} on {}; reopening in {}", plan.name(), why, plan.transport().name(), pause);
      lastFault = why;
    }
    var unused = stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
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
