package io.medtwin.simulator.device;

import java.time.Duration;

/** How long the scenario has been going on; the only time that a simulated device knows. */
@FunctionalInterface
public interface ScenarioClock {
  /** Time since the scenario began, never going back. */
  Duration elapsed();

  /**
   * Real time from now on.
   *
   * @param speed seconds of scenario for a second of real time, more than 0
   */
  static ScenarioClock running(double speed) {
    long start = System.nanoTime();
    return () -> Duration.ofNanos((long) ((System.nanoTime() - start) * speed));
  }
}
