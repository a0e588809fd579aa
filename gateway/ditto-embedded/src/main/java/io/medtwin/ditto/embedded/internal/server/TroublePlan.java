package io.medtwin.ditto.embedded.internal.server;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Troubles ordered for the next commands, first come first served over all sockets, and a limit of
 * their rate; any thread.
 */
public final class TroublePlan {
  private static final Trouble NONE = new Trouble.None();
  private static final Trouble TOO_MANY = new Trouble.Refuse(429);
  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanos;
  private final ArrayDeque<Planned> plan = new ArrayDeque<>();
  private int perSecondMax; // 0: no limit
  private int inWindow;
  private long windowStart;

  /** No trouble yet. */
  public TroublePlan() {
    this(System::nanoTime);
  }

  TroublePlan(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Orders a trouble for the next commands that have none yet. */
  public synchronized void next(int commands, Trouble trouble) {
    if (commands < 1) {
      throw new IllegalArgumentException("commands must be at least 1, got " + commands);
    }
    plan.add(new Planned(commands, trouble));
  }

  /** From now on at most so many commands a second, counted in windows of one second; 0: any. */
  public synchronized void limit(int perSecond) {
    if (perSecond < 0) {
      throw new IllegalArgumentException("a limit must not be negative, got " + perSecond);
    }
    perSecondMax = perSecond;
    inWindow = 0;
    windowStart = nanos.getAsLong();
  }

  /** Forgets what was ordered. */
  public synchronized void clear() {
    plan.clear();
    perSecondMax = 0;
  }

  synchronized Trouble take() {
    Planned first = plan.poll();
    if (first == null) {
      return isWithinLimit() ? NONE : TOO_MANY;
    }
    if (first.commands > 1) {
      plan.addFirst(new Planned(first.commands - 1, first.trouble));
    }
    return first.trouble;
  }

  private boolean isWithinLimit() {
    if (perSecondMax == 0) {
      return true;
    }
    long now = nanos.getAsLong();
    if (now - windowStart >= WINDOW_NANOS) {
      windowStart += (now - windowStart) / WINDOW_NANOS * WINDOW_NANOS;
      inWindow = 0;
    }
    return inWindow++ < perSecondMax;
  }

  private record Planned(int commands, Trouble trouble) {}
}
