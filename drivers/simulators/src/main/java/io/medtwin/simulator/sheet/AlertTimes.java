package io.medtwin.simulator.sheet;

import java.util.SplittableRandom;

/**
 * When an alert is on: for 20 to 40 seconds, every 3 to 7 minutes, by seed and code; never at the
 * very beginning. Immutable.
 */
record AlertTimes(long everyMillis, long onMillis) {

  static AlertTimes of(String code, long seed) {
    var random = new SplittableRandom(seed * 31 + code.hashCode());
    return new AlertTimes(random.nextLong(180_000, 420_000), random.nextLong(20_000, 40_000));
  }

  boolean isOn(long millis) {
    return millis % everyMillis >= everyMillis - onMillis;
  }
}
