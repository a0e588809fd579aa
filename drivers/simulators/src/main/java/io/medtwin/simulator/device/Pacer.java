package io.medtwin.simulator.device;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls a device at each of its ticks, at a real-time pace, on a virtual thread of its own. Late
 * ticks are caught up one after the other, up to {@link #MAX_LATE_NANOS}; a longer pause (a machine
 * put to sleep) makes the scenario longer. Start and stop may be called by any thread, again and
 * again; ticks are counted on.
 */
final class Pacer {
  /** Lateness that is caught up. */
  static final long MAX_LATE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final long STOP_WAIT_MILLIS = 1000;

  private final String name;
  private final double ticksPerSecond;
  private final LongConsumer action;
  private long tick;
  private @Nullable Thread thread;

  /** Calls {@code action} with each tick, {@code ticksPerSecond} in a second of real time. */
  Pacer(String name, double ticksPerSecond, LongConsumer action) {
    if (!(ticksPerSecond > 0) || !Double.isFinite(ticksPerSecond)) {
      throw new IllegalArgumentException(name + ": expected a pace above 0, got " + ticksPerSecond);
    }
    this.name = name;
    this.ticksPerSecond = ticksPerSecond;
    this.action = action;
  }

  synchronized void start() {
    if (thread == null) {
      thread = Thread.ofVirtual().name("simulator-" + name).start(this::run);
    }
  }

  synchronized void stop() {
    var running = thread;
    thread = null;
    if (running == null) {
      return;
    }
    running.interrupt();
    if (running != Thread.currentThread()) {
      try {
        running.join(STOP_WAIT_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void run() {
    long start = System.nanoTime();
    long first = tick;
    while (!Thread.currentThread().isInterrupted()) {
      long due = start + (long) ((tick - first) / ticksPerSecond * 1e9);
      long early = due - System.nanoTime();
      if (early > 0) {
        LockSupport.parkNanos(early);
        continue;
      }
      if (early < -MAX_LATE_NANOS) {
        start = System.nanoTime();
        first = tick;
      }
      action.accept(tick++);
    }
  }
}
