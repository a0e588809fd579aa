package io.medtwin.testkit;

import java.time.Duration;

/**
 * Time without a clock: it passes where a scripted link is waited on in vain, and a session tells
 * it. Used by one thread.
 */
public final class VirtualTime {

  private Duration elapsed = Duration.ZERO;

  /** Lets time pass; nothing that is negative does. */
  public void pass(Duration time) {
    if (!time.isNegative()) {
      elapsed = elapsed.plus(time);
    }
  }

  /** What has passed so far. */
  public Duration elapsed() {
    return elapsed;
  }
}
