package io.medtwin.transports.mqtt;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waits between attempts: doubling from the first to the longest, each made shorter by chance, up
 * to half, so that a ward's gateways do not come back in one moment. Pure.
 */
record RetryDelays(Duration min, Duration max) {

  private static final int MOST_DOUBLINGS = 30;

  /**
   * The wait after a failure.
   *
   * @param failures failures in a row, 1 or more
   */
  Duration after(int failures, RandomGenerator chance) {
    long factor = 1L << Math.min(failures - 1, MOST_DOUBLINGS);
    long millis = Math.min(max.toMillis(), min.toMillis() * factor);
    return Duration.ofMillis(millis - (long) (chance.nextDouble() * millis / 2));
  }
}
