package io.medtwin.simulator.hl7;

import java.util.SplittableRandom;

/**
 * How one pump goes about its day: it delivers, is stopped, and delivers again; in each delivery
 * its line is occluded once. Pure: everything follows from the seed and the second.
 */
final class Infusion {

  private static final int OCCLUDED_SECONDS = 15;

  private final int firstStart;
  private final int deliverySeconds;
  private final int pauseSeconds;
  private final int occludedAfter;
  private final double rate;

  Infusion(long seed) {
    var random = new SplittableRandom(seed);
    firstStart = 2 + random.nextInt(8);
    deliverySeconds = 90 + random.nextInt(60);
    pauseSeconds = 20 + random.nextInt(20);
    occludedAfter = 30 + random.nextInt(30);
    rate = (10 + random.nextInt(200)) / 10.0;
  }

  /** Whether fluid is moved in that second. */
  boolean isDelivering(long second) {
    return second >= firstStart && secondOfCycle(second) < deliverySeconds && !isOccluded(second);
  }

  /** Whether a programme runs in that second, occluded or not. */
  boolean isStarted(long second) {
    return second >= firstStart && secondOfCycle(second) < deliverySeconds;
  }

  /** Whether the line is occluded in that second. */
  boolean isOccluded(long second) {
    long of = secondOfCycle(second);
    return second >= firstStart && of >= occludedAfter && of < occludedAfter + OCCLUDED_SECONDS;
  }

  /** Number of the delivery of that second, from 1. */
  long delivery(long second) {
    return (second - firstStart) / (deliverySeconds + pauseSeconds) + 1;
  }

  /** Programmed rate in mL/h. */
  double rate() {
    return rate;
  }

  /** Volume delivered since the beginning, in mL. */
  double volume(long second) {
    long delivered = 0;
    if (second > firstStart) {
      long elapsed = second - firstStart;
      long cycle = (long) deliverySeconds + pauseSeconds;
      long perCycle = (long) deliverySeconds - OCCLUDED_SECONDS;
      long rest = Math.min(elapsed % cycle, deliverySeconds);
      long occluded = Math.clamp(rest - occludedAfter, 0, OCCLUDED_SECONDS);
      delivered = elapsed / cycle * perCycle + rest - occluded;
    }
    return rate * delivered / 3600;
  }

  private long secondOfCycle(long second) {
    return second < firstStart ? 0 : (second - firstStart) % (deliverySeconds + pauseSeconds);
  }
}
