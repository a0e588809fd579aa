package io.medtwin.twin.keeper;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A look at everything, taken by its owner's thread when somebody asks, and shared by all who ask
 * meanwhile: nobody's question costs a reading anything while nobody asks.
 */
final class Look<T> {

  /** A look this young is shown to the next who asks, too. */
  private static final Duration AGE = Duration.ofMillis(100);

  /** Longest wait for a look; after it, the one before is shown. */
  private static final Duration WAIT = Duration.ofMillis(500);

  private final Supplier<T> taking;
  private final InstantSource clock;
  private final AtomicReference<@Nullable CompletableFuture<T>> asked = new AtomicReference<>();
  private volatile Taken<T> last;

  private record Taken<T>(T what, Instant at) {}

  /** Takes a first look, at once. */
  Look(Supplier<T> taking, InstantSource clock) {
    this.taking = taking;
    this.clock = clock;
    this.last = new Taken<>(taking.get(), clock.instant());
  }

  /**
   * Any thread.
   *
   * @param isAnswering whether the owner's thread runs; else the last look is shown
   */
  T get(boolean isAnswering) {
    var known = last;
    var now = clock.instant();
    boolean young = !now.isBefore(known.at()) && now.isBefore(known.at().plus(AGE));
    if (young || !isAnswering) {
      return last.what();
    }
    var next = asked.updateAndGet(open -> open == null ? new CompletableFuture<>() : open);
    try {
      return next.get(WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return last.what();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return last.what();
    }
  }

  /** The owner's thread: takes a look if somebody waits for one. */
  void answer() {
    var waiting = asked.getAndSet(null);
    if (waiting != null) {
      refresh();
      waiting.complete(last.what());
    }
  }

  /** The owner's thread: takes a look. */
  void refresh() {
    last = new Taken<>(taking.get(), clock.instant());
  }
}
