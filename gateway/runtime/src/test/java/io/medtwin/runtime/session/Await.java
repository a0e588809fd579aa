package io.medtwin.runtime.session;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what another thread brings about; a test fails if it does not come. */
final class Await {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final long POLL_NANOS = 2_000_000;

  private Await() {}

  static void until(String what, BooleanSupplier holds) {
    until(() -> what, holds);
  }

  static void until(Supplier<String> what, BooleanSupplier holds) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError(what.get() + ": not within " + LIMIT);
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }
}
