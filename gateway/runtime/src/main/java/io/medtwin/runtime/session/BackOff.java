package io.medtwin.runtime.session;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses between attempts: doubled each time from {@link #MIN} to {@link #MAX}, half of it certain,
 * half by chance.
 */
final class BackOff {

  static final Duration MIN = Duration.ofMillis(500);
  static final Duration MAX = Duration.ofSeconds(15);

  private final RandomGenerator random;
  private int attempts;

  BackOff(RandomGenerator random) {
    this.random = random;
  }

  /** The next pause. */
  Duration next() {
    long whole = Math.min(MAX.toMillis(), MIN.toMillis() << Math.min(attempts, 10));
    attempts++;
    return Duration.ofMillis(whole / 2 + random.nextLong(whole / 2 + 1));
  }

  /** Attempts that failed in a row. */
  int attempts() {
    return attempts;
  }

  /** It worked. */
  void reset() {
    attempts = 0;
  }
}
