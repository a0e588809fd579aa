package io.medtwin.simulator.physiology;

/**
 * A recorded signal that begins again at its end, readable at any moment and at any rate: a
 * windowed-sinc kernel interpolates and, where the reader samples more slowly than the recording,
 * keeps out what would fold back. Immutable; rate in samples a second.
 */
final class LoopedSignal {
  private static final int LOBES = 6; // of the sinc on either side
  private static final double PASS = 0.9; // of the reader's half rate

  private final double[] samples;
  private final double rate;

  /** Keeps {@code samples}, which must not change afterwards. */
  LoopedSignal(double[] samples, double rate) {
    this.samples = samples;
    this.rate = rate;
  }

  /** How long until it begins again. */
  double lengthSeconds() {
    return samples.length / rate;
  }

  /**
   * Its value at a moment.
   *
   * @param seconds any, also negative or beyond the end
   * @param readerRate samples a second that the reader takes
   */
  double at(double seconds, double readerRate) {
    double cutoff = Math.min(1, PASS * readerRate / rate);
    double position = seconds * rate;
    double reach = LOBES / cutoff;
    long from = (long) Math.ceil(position - reach);
    long to = (long) Math.floor(position + reach);
    double sum = 0;
    double weights = 0;
    for (long i = from; i <= to; i++) {
      double weight = kernel((i - position) * cutoff);
      sum += weight * samples[(int) Math.floorMod(i, (long) samples.length)];
      weights += weight;
    }
    return sum / weights;
  }

  /** Sinc under a Hann window of {@link #LOBES} lobes. */
  private static double kernel(double x) {
    if (x == 0) {
      return 1;
    }
    double angle = Math.PI * x;
    return StrictMath.sin(angle) / angle * (0.5 + 0.5 * StrictMath.cos(angle / LOBES));
  }
}
