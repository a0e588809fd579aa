package io.medtwin.app.console;

import java.util.ArrayList;
import java.util.Arrays;

/**
 * QRS complexes found by their slope alone, as a reader of the paper finds them: steep for about a
 * tenth of a second, then not again for a quarter.
 *
 * @param count how many
 * @param perMinute rate from the first to the last
 */
record Heartbeats(int count, double perMinute) {

  private static final double SLOPE_SECONDS = 0.02;
  private static final double STEEP_SECONDS = 0.12;
  private static final double REST_SECONDS = 0.25;
  private static final double STEEPEST = 0.98; // of all moments, so that one artefact sets nothing
  private static final double SHARE_OF_STEEPEST = 0.35;

  static Heartbeats in(double[] samples, double rate) {
    var steepness = steepness(samples, rate);
    var sorted = steepness.clone();
    Arrays.sort(sorted);
    double threshold = sorted[(int) (STEEPEST * (sorted.length - 1))] * SHARE_OF_STEEPEST;
    var at = new ArrayList<Integer>();
    int free = 0;
    for (int i = 0; i < steepness.length; i++) {
      if (steepness[i] > threshold && i >= free) {
        at.add(i);
      }
      if (steepness[i] > threshold) {
        free = i + (int) (REST_SECONDS * rate);
      }
    }
    double seconds = at.size() < 2 ? Double.NaN : (at.getLast() - at.getFirst()) / rate;
    return new Heartbeats(at.size(), 60 * (at.size() - 1) / seconds);
  }

  /** Mean square of the slope around each moment. */
  private static double[] steepness(double[] samples, double rate) {
    int step = Math.max(1, (int) (SLOPE_SECONDS * rate));
    int window = (int) (STEEP_SECONDS * rate);
    var steepness = new double[samples.length];
    double sum = 0;
    for (int i = step; i < samples.length; i++) {
      sum += square(samples[i] - samples[i - step]);
      int gone = i - window;
      if (gone >= step) {
        sum -= square(samples[gone] - samples[gone - step]);
      }
      steepness[i] = sum;
    }
    return steepness;
  }

  private static double square(double number) {
    return number * number;
  }
}
