package io.medtwin.twin.keeper;

import io.medtwin.twin.Received;
import io.medtwin.twin.backend.Answer;
import io.medtwin.twin.backend.TwinBackend;
import io.medtwin.twin.normalizer.Units;
import io.medtwin.twin.outbox.WriteBudget;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns all twins with one thread. Reports enter through {@link #accept}, which blocks while {@link
 * #INBOX_LIMIT} of them wait: so does the driver, so does the device. Answers of the backend never
 * wait; there is at most one for each device.
 */
public final class TwinKeeper implements AutoCloseable {

  /** Most reports that wait to be taken into a twin. */
  public static final int INBOX_LIMIT = 16_384;

  private static final Logger LOG = LoggerFactory.getLogger(TwinKeeper.class);
  private static final Duration SWEEP_PERIOD = Duration.ofMillis(25);
  private static final Duration VIEW_PERIOD = Duration.ofMillis(200);
  private static final int BATCH = 1_024;

  private final TwinBackend backend;
  private final InstantSource clock;
  private final Map<String, DeviceLine> lines = new HashMap<>();
  private final List<DeviceLine> ordered = new ArrayList<>();
  private final LinkedBlockingQueue<Input> inbox = new LinkedBlockingQueue<>();
  private final Semaphore room = new Semaphore(INBOX_LIMIT);
  private final WriteBudget budget = new WriteBudget();
  private final Thread owner;
  private volatile List<DeviceView> views = List.of();
  private volatile boolean closing;
  private boolean wasConnected;
  private int turn;

  private sealed interface Input {
    record Heard(Received received) implements Input {}

    record LinkUp(String device, Instant at) implements Input {}

    record LinkDown(String device, String why, Instant at) implements Input {}

    record Answered(DeviceLine line, Answer answer) implements Input {}
  }

  /** A keeper of these devices; {@link #start} sets it to work. */
  public TwinKeeper(
      Collection<DevicePlan> plans,
      TwinBackend backend,
      Units units,
      InstantSource clock,
      RandomGenerator random) {
    this.backend = backend;
    this.clock = clock;
    var now = clock.instant();
    for (DevicePlan plan : plans) {
      var line = new DeviceLine(plan, units, random, now);
      if (lines.put(plan.facts().device(), line) != null) {
        throw new IllegalArgumentException("two devices are called " + plan.facts().device());
      }
      ordered.add(line);
    }
    this.owner = Thread.ofPlatform().name("twin-keeper").unstarted(this::run);
    publishViews();
  }

  /** Starts the owner thread. */
  public void start() {
    owner.start();
  }

  /**
   * Takes a report of a configured device. Blocks while the keeper is full.
   *
   * @throws IllegalArgumentException the device is not configured
   * @throws InterruptedException the caller is to stop
   */
  public void accept(Received received) throws InterruptedException {
    if (!lines.containsKey(received.device())) {
      throw new IllegalArgumentException("no such device: " + received.device());
    }
    room.acquire();
    inbox.add(new Input.Heard(received));
  }

  /** A link to the device is open. That says nothing of the device. */
  public void linkUp(String device) {
    inbox.add(new Input.LinkUp(device, clock.instant()));
  }

  /** The link to the device is lost; everything under it is stale at once. */
  public void linkDown(String device, String why) {
    inbox.add(new Input.LinkDown(device, why, clock.instant()));
  }

  /** Counts bytes or messages of a device that made no sense. */
  public void discarded(String device, int bytes) {
    var line = lines.get(device);
    if (line != null) {
      line.discardedBytes.add(bytes);
    }
  }

  /** All devices as they were a moment ago, in the order they were configured. */
  public List<DeviceView> views() {
    return views;
  }

  /** Stops taking reports, tells the backend what it can within {@code grace}, and ends. */
  public void close(Duration grace) {
    closing = true;
    try {
      if (!owner.join(grace)) {
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
    var nextSweep = clock.instant();
    var nextViews = nextSweep;
    try {
      while (!closing || isAnythingPending()) {
        takeBatch();
        var now = clock.instant();
        if (!now.isBefore(nextSweep)) {
          sweep(now);
          nextSweep = now.plus(SWEEP_PERIOD);
        }
        if (!now.isBefore(nextViews)) {
          publishViews();
          nextViews = now.plus(VIEW_PERIOD);
        }
      }
    } catch (InterruptedException e) {
      LOG.info("stopped before everything was acknowledged");
    }
    publishViews();
  }

  private void takeBatch() throws InterruptedException {
    var input = inbox.poll(SWEEP_PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    for (int taken = 0; input != null && taken < BATCH; taken++) {
      take(input);
      input = inbox.poll();
    }
    if (input != null) {
      take(input);
    }
  }

  private void take(Input input) {
    switch (input) {
      case Input.Heard heard -> {
        room.release();
        line(heard.received().device()).hear(heard.received());
      }
      case Input.LinkUp up -> line(up.device()).linkUp(up.at());
      case Input.LinkDown down -> line(down.device()).linkDown(down.why(), down.at());
      case Input.Answered answered -> {
        if (answered.answer() instanceof Answer.Busy) {
          budget.busy();
        } else {
          budget.good();
        }
        answered.line().settle(answered.answer(), clock.instant());
      }
    }
  }

  /**
   * Lets time pass for every device, and sends what is due: devices with alerts first, the others
   * in turn.
   */
  private void sweep(Instant now) {
    for (DeviceLine line : ordered) {
      line.age(now);
    }
    boolean connected = backend.reach() == TwinBackend.Reach.CONNECTED;
    if (connected && !wasConnected) {
      ordered.forEach(line -> line.reconnected(now));
    }
    wasConnected = connected;
    if (!connected) {
      return;
    }
    for (DeviceLine line : ordered) {
      if (line.hasUrgent()) {
        sendIfDue(line, now);
      }
    }
    int count = ordered.size();
    int first = turn;
    for (int i = 0; i < count && budget.allows(); i++) {
      int at = (first + i) % count;
      if (sendIfDue(ordered.get(at), now)) {
        turn = (at + 1) % count;
      }
    }
  }

  private boolean sendIfDue(DeviceLine line, Instant now) {
    if (!budget.allows()) {
      return false;
    }
    var command = line.next(now);
    command.ifPresent(
        due -> {
          budget.sent();
          var unused =
              backend.submit(due).thenAccept(answer -> inbox.add(new Input.Answered(line, answer)));
        });
    return command.isPresent();
  }

  private boolean isAnythingPending() {
    if (!inbox.isEmpty()) {
      return true;
    }
    return backend.reach() == TwinBackend.Reach.CONNECTED
        && ordered.stream().anyMatch(DeviceLine::isPending);
  }

  private void publishViews() {
    views = ordered.stream().map(DeviceLine::view).toList();
  }

  private DeviceLine line(String device) {
    @Nullable DeviceLine line = lines.get(device);
    if (line == null) {
      throw new IllegalArgumentException("no such device: " + device);
    }
    return line;
  }
}
