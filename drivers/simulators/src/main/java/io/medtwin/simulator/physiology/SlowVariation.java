package io.medtwin.simulator.physiology;

import java.util.SplittableRandom;

/**
 * A quantity that wanders around its mean without ever leaving {@code mean - swing .. mean +
 * swing}: three waves of seconds to minutes whose periods and phases come from a random source. The
 * value at a moment depends on that moment alone, so it is the same for every device that asks.
 * Immutable.
 */
public final class SlowVariation {
  private static final int WAVES = 3;
  private static final double[] SHARES = {0.5, 0.3, 0.2};
  private static final double[] PERIODS_SECONDS = {600, 170, 41};

  private final double mean;
  private final double swing;
  private final double[] radiansPerSecond = new double[WAVES];
  private final double[] phases = new double[WAVES];

  /** Draws periods and phases from {@code random}: six numbers. */
  public SlowVariation(double mean, double swing, SplittableRandom random) {
    this.mean = mean;
    this.swing = swing;
    for (int i = 0; i < WAVES; i++) {
      double period = PERIODS_SECONDS[i] * random.nextDouble(0.75, 1.25);
      radiansPerSecond[i] = 2 * Math.PI / period;
      phases[i] = random.nextDouble(2 * Math.PI);
    }
  }

  /** Its value {@code seconds} after the scenario began. */
  public double at(double seconds) {
    double sum = 0;
    for (int i = 0; i < WAVES; i++) {
      sum += SHARES[i] * StrictMath.sin(radiansPerSecond[i] * seconds + phases[i]);
    }
    return mean + swing * sum;
  }
}
