package io.medtwin.benchmarks.crash;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for conditions, never for time alone. */
final class Await {

  private static final long LOOK_NANOS = 5_000_000;

  private Await() {}

  /** Whether it became true within the limit. */
  static boolean until(Duration limit, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return true;
  }

  /** The chosen moment of a fault: waits until it has come. */
  static void moment(long atNanos) {
    long left;
    while ((left = atNanos - System.nanoTime()) > 0) {
      LockSupport.parkNanos(left);
    }
  }
}
