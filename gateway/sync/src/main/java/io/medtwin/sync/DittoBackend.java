package io.medtwin.sync;

import io.medtwin.twin.backend.Answer;
import io.medtwin.twin.backend.TwinBackend;
import io.medtwin.twin.backend.TwinCommand;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Twins in Eclipse Ditto, over one WebSocket with Ditto's own client. One thread of its own opens
 * sessions, waits for their end and opens the next; commands go out on the caller's thread. Stages
 * complete on whichever thread brought the answer, so what hangs on them must not block.
 */
public final class DittoBackend implements TwinBackend {

  private static final Logger log = LoggerFactory.getLogger(DittoBackend.class);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  private final DittoConfig config;
  private final String name;
  private final LongAdder stored = new LongAdder();
  private final LongAdder outdated = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder notProvisioned = new LongAdder();
  private final LongAdder busy = new LongAdder();
  private final LongAdder late = new LongAdder();
  private final LongAdder sessions = new LongAdder();
  private final LongAdder failedAttempts = new LongAdder();
  private final AtomicBoolean started = new AtomicBoolean();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread owner;
  private volatile Reach reach = Reach.CONNECTING;
  private volatile @Nullable Session session;

  /** Does nothing yet; {@link #start} connects. */
  public DittoBackend(DittoConfig config) {
    this.config = config;
    this.name = Endpoint.of(config.endpoint()).name();
    this.owner = Thread.ofPlatform().daemon().name("ditto-session").unstarted(this::keepSession);
  }

  @Override
  public void start() {
    if (!started.compareAndSet(false, true)) {
      throw new IllegalStateException("Ditto " + name + " is started already");
    }
    owner.start();
  }

  @Override
  public CompletionStage<Answer> submit(TwinCommand command) {
    Session open = session;
    CompletionStage<Answer> answer =
        open == null
            ? CompletableFuture.completedFuture(
                new Answer.Busy(0, "no connection to " + name + ", " + reach))
            : new Errand(config, open).run(command).exceptionally(this::bug);
    return answer.whenComplete((a, never) -> count(a));
  }

  @Override
  public Reach reach() {
    return reach;
  }

  @Override
  public String name() {
    return name;
  }

  /** What went over the door since the start. */
  public SyncCounts counts() {
    return new SyncCounts(
        stored.sum(),
        outdated.sum(),
        refused.sum(),
        notProvisioned.sum(),
        busy.sum(),
        late.sum(),
        sessions.sum(),
        failedAttempts.sum());
  }

  @Override
  public void close() {
    closing.countDown();
    Session open = session;
    if (open != null) {
      open.close("the gateway is closing");
    }
    owner.interrupt();
    try {
      if (started.get() && !owner.join(CLOSE_LIMIT)) {
        log.warn("Ditto {}: still closing after {}", name, CLOSE_LIMIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Answer bug(Throwable failure) {
    log.error("Ditto {}: BUG, a command is given up", name, failure);
    return new Answer.Refused(0, "BUG: " + failure.getClass().getName());
  }

  private void count(Answer answer) {
    switch (answer) {
      case Answer.Stored _, Answer.Provisioned _, Answer.Recalled _ -> stored.increment();
      case Answer.Outdated _ -> outdated.increment();
      case Answer.Refused _ -> refused.increment();
      case Answer.NotProvisioned _ -> notProvisioned.increment();
      case Answer.Busy _ -> busy.increment();
    }
  }

  private void keepSession() {
    Outage outage = new Outage(System.nanoTime());
    int failures = 0;
    try {
      while (!isClosing()) {
        long openedNanos = System.nanoTime();
        boolean slow = false;
        try {
          Session open = Session.open(config, late);
          openedNanos = System.nanoTime();
          sessions.increment();
          tell(outage.over(config.login().who(), openedNanos));
          Session.Loss loss = use(open);
          if (isClosing()) {
            return;
          }
          boolean stable = System.nanoTime() - openedNanos > config.backOff().slow().toNanos();
          failures = stable ? 1 : failures + 1;
          tell(outage.lost(loss.why(), loss.inFlight(), System.nanoTime()));
        } catch (NoSession e) {
          failures++;
          failedAttempts.increment();
          slow = e.untilSomebodyActs();
          reach = Reach.DISCONNECTED;
          tell(outage.failed(e.why(), slow ? config.backOff().slow() : null));
        } catch (RuntimeException e) {
          failedAttempts.increment();
          slow = true;
          Outage.Line line = outage.failed("BUG: " + e, config.backOff().slow());
          if (line != null) {
            log.error("Ditto {}: {}", name, line.text(), e);
          }
        }
        pause(
            slow
                ? config.backOff().slow()
                : config.backOff().delay(failures, ThreadLocalRandom.current().nextDouble()));
      }
    } catch (InterruptedException e) {
      // close() interrupts: the end
    } finally {
      reach = Reach.DISCONNECTED;
    }
  }

  /** Offers the session to commands until it is lost. */
  private Session.Loss use(Session open) throws InterruptedException {
    try {
      session = open;
      reach = Reach.CONNECTED;
      return open.awaitLoss();
    } finally {
      session = null;
      reach = Reach.DISCONNECTED;
      open.close("the gateway is closing");
    }
  }

  private void tell(Outage.@Nullable Line line) {
    if (line != null) {
      switch (line.level()) {
        case INFO -> log.info("Ditto {}: {}", name, line.text());
        case WARN -> log.warn("Ditto {}: {}", name, line.text());
        case ERROR -> log.error("Ditto {}: {}", name, line.text());
      }
    }
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  private void pause(Duration delay) throws InterruptedException {
    boolean ending = closing.await(delay.toNanos(), TimeUnit.NANOSECONDS);
    if (ending) {
      throw new InterruptedException("closing");
    }
  }
}
