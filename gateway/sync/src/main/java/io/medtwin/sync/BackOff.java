package io.medtwin.sync;

import java.time.Duration;

/**
 * How long to wait before connecting again: doubles with each failure in a row, half of it at
 * random, so that gateways that lost the same server do not come back in step.
 *
 * @param min first delay, and the least there is
 * @param max longest delay; the twins are as late as that when the server is back
 * @param slow delay after what nobody but a person can mend, and how long a session must hold for
 *     the doubling to end
 */
public record BackOff(Duration min, Duration max, Duration slow) {

  /**
   * 0.5 s doubling to 1 s, for ever: one attempt a second costs neither side anything, and a
   * reader's twins are right within two seconds after a night without a server. 60 s where a person
   * must act.
   */
  public static final BackOff DEFAULT =
      new BackOff(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(60));

  private static final int MAX_DOUBLINGS = 30;

  public BackOff {
    if (min.isNegative() || min.isZero() || max.compareTo(min) < 0) {
      throw new IllegalArgumentException("need 0 < min <= max, got " + min + " and " + max);
    }
  }

  /** One whose slow delay is its longest. */
  public BackOff(Duration min, Duration max) {
    this(min, max, max);
  }

  /**
   * The next delay.
   *
   * @param failures failures in a row, 1 or more
   * @param random from 0 (inclusive) to 1 (exclusive)
   */
  Duration delay(int failures, double random) {
    int doublings = Math.clamp(failures - 1L, 0, MAX_DOUBLINGS);
    double longest = Math.min(max.toNanos(), (double) min.toNanos() * (1L << doublings));
    double jittered = longest / 2 + random * longest / 2;
    return Duration.ofNanos(Math.max(min.toNanos(), (long) jittered));
  }
}
