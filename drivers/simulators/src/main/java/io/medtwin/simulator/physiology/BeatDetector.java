package io.medtwin.simulator.physiology;

import java.util.Arrays;

/**
 * Finds the R peaks of an ECG in the way of Pan and Tompkins ("A real-time QRS detection
 * algorithm", IEEE Trans. Biomed. Eng. 32(3):230-236, 1985): band pass, slope, square, moving sum,
 * and two thresholds that follow the signal and the noise, with a second look when a beat seems
 * missed. Pure and stateless.
 */
final class BeatDetector {
  private static final double LOW_HZ = 5;
  private static final double HIGH_HZ = 15;
  private static final double WINDOW_SECONDS = 0.150;
  private static final double REFRACTORY_SECONDS = 0.200;
  private static final double PEAK_SEARCH_SECONDS = 0.100;
  private static final double LEARNING_SECONDS = 2;
  private static final double MISSED_AFTER = 1.66; // of the mean interval of the last beats
  private static final int MEAN_OVER = 8;

  private BeatDetector() {}

  /**
   * R peaks of a whole recording.
   *
   * @param ecg any unit; not-a-number counts as 0
   * @param rate samples a second, 100 or more
   * @return indices into {@code ecg}, rising
   */
  static int[] beats(double[] ecg, double rate) {
    if (!(rate >= 100)) {
      throw new IllegalArgumentException("beats need 100 samples a second or more, not " + rate);
    }
    var energy = energy(ecg, rate);
    var candidates = localMaxima(energy, (int) (REFRACTORY_SECONDS * rate));
    var beats = judge(energy, candidates, rate);
    return refine(ecg, beats, rate);
  }

  /** Energy of the slope within the QRS band, centred on the QRS. */
  private static double[] energy(double[] ecg, double rate) {
    var clean = new double[ecg.length];
    for (int i = 0; i < ecg.length; i++) {
      clean[i] = Double.isNaN(ecg[i]) ? 0 : ecg[i];
    }
    var band = subtract(smooth(clean, rate / HIGH_HZ / 2), smooth(clean, rate / LOW_HZ / 2));
    int reach = Math.max(1, (int) Math.round(rate / 180)); // slope over about 11 ms
    var squared = new double[band.length];
    for (int i = reach; i < band.length - reach; i++) {
      double slope = band[i + reach] - band[i - reach];
      squared[i] = slope * slope;
    }
    return smooth(squared, WINDOW_SECONDS * rate);
  }

  /** Two passes of a centred moving mean: a triangular, linear-phase low pass. */
  private static double[] smooth(double[] values, double width) {
    int half = Math.max(1, (int) Math.round(width / 2));
    return movingMean(movingMean(values, half), half);
  }

  /** Mean of up to {@code half} values on either side and the value itself. */
  static double[] movingMean(double[] values, int half) {
    var sums = new double[values.length + 1];
    for (int i = 0; i < values.length; i++) {
      sums[i + 1] = sums[i] + values[i];
    }
    var means = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      int from = Math.max(0, i - half);
      int to = Math.min(values.length, i + half + 1);
      means[i] = (sums[to] - sums[from]) / (to - from);
    }
    return means;
  }

  private static double[] subtract(double[] a, double[] b) {
    var difference = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return difference;
  }

  /** Maxima that nothing within {@code distance} exceeds. */
  private static int[] localMaxima(double[] values, int distance) {
    var maxima = new int[values.length / Math.max(1, distance) + 1];
    int count = 0;
    int last = -1;
    for (int i = 1; i < values.length - 1; i++) {
      if (values[i] <= values[i - 1] || values[i] < values[i + 1]) {
        continue;
      }
      if (last >= 0 && i - last < distance) {
        if (values[i] > values[last]) {
          maxima[count - 1] = i;
          last = i;
        }
      } else {
        maxima[count++] = i;
        last = i;
      }
    }
    return Arrays.copyOf(maxima, count);
  }

  private static int[] judge(double[] energy, int[] candidates, double rate) {
    double signal = max(energy, 0, (int) (LEARNING_SECONDS * rate)) / 2;
    double noise = 0;
    var beats = new int[candidates.length];
    int count = 0;
    int lastBeatCandidate = -1;
    for (int c = 0; c < candidates.length; c++) {
      double height = energy[candidates[c]];
      if (height > threshold(signal, noise)) {
        if (count > 0) {
          int missed =
              missed(energy, candidates, lastBeatCandidate, c, beats, count, signal, noise);
          if (missed >= 0) {
            beats[count++] = candidates[missed];
            signal += (energy[candidates[missed]] - signal) / 4;
          }
        }
        beats[count++] = candidates[c];
        lastBeatCandidate = c;
        signal += (height - signal) / 8;
      } else {
        noise += (height - noise) / 8;
      }
    }
    return Arrays.copyOf(beats, count);
  }

  /** The best candidate in a gap that is too long to be one interval; -1 if there is none. */
  private static int missed(
      double[] energy,
      int[] candidates,
      int lastBeat,
      int next,
      int[] beats,
      int count,
      double signal,
      double noise) {
    int from = Math.max(0, count - 1 - MEAN_OVER);
    if (count - 1 - from < 2) {
      return -1;
    }
    double mean = (beats[count - 1] - beats[from]) / (double) (count - 1 - from);
    if (candidates[next] - beats[count - 1] <= MISSED_AFTER * mean) {
      return -1;
    }
    int best = -1;
    for (int c = lastBeat + 1; c < next; c++) {
      double height = energy[candidates[c]];
      if (height > threshold(signal, noise) / 2
          && (best < 0 || height > energy[candidates[best]])) {
        best = c;
      }
    }
    return best;
  }

  private static double threshold(double signal, double noise) {
    return noise + (signal - noise) / 4;
  }

  private static double max(double[] values, int from, int to) {
    double max = 0;
    for (int i = from; i < Math.min(to, values.length); i++) {
      max = Math.max(max, values[i]);
    }
    return max;
  }

  /** Moves each beat to where the ECG is farthest from its local mean. */
  private static int[] refine(double[] ecg, int[] beats, double rate) {
    int reach = (int) (PEAK_SEARCH_SECONDS * rate);
    var peaks = new int[beats.length];
    int count = 0;
    for (int beat : beats) {
      int from = Math.max(0, beat - reach);
      int to = Math.min(ecg.length, beat + reach + 1);
      double mean = Arrays.stream(ecg, from, to).filter(v -> !Double.isNaN(v)).average().orElse(0);
      int peak = beat;
      for (int i = from; i < to; i++) {
        if (Math.abs(ecg[i] - mean) > Math.abs(ecg[peak] - mean)) {
          peak = i;
        }
      }
      if (count == 0 || peak > peaks[count - 1]) {
        peaks[count++] = peak;
      }
    }
    return Arrays.copyOf(peaks, count);
  }
}
