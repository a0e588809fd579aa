package io.medtwin.driver.alarisasena;

import java.time.Duration;

/** Time until the syringe is empty at the present rate, as the pump shows it. */
public sealed interface TimeRemaining {

  /**
   * {@code HH:MM:SS}.
   *
   * @param duration whole seconds, 0 to 99:59:59
   */
  record Exactly(Duration duration) implements TimeRemaining {
    public Exactly {
      if (duration.isNegative() || duration.toHours() > 99) {
        throw new IllegalArgumentException("time remaining is 0 to 99:59:59, got " + duration);
      }
    }
  }

  /** {@code 24+}: more than the pump counts. */
  record Over24Hours() implements TimeRemaining {}
}
