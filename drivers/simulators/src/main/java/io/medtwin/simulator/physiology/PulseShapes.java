package io.medtwin.simulator.physiology;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Real pulse waves, one after the other, each cut from R peak to R peak of the ECG recorded with it
 * and brought to 0..1. Stretched to the intervals of another ECG they give a pulse that follows
 * that heart, with the delay from heart to vessel kept. Immutable.
 */
final class PulseShapes {
  private static final int POINTS = 128;
  private static final int FADE_POINTS = 12;
  private static final double SHORTEST_SECONDS = 0.4;
  private static final double LONGEST_SECONDS = 1.5;
  private static final double LEAST_LIKENESS = 0.95;

  private final List<double[]> shapes;

  private PulseShapes(List<double[]> shapes) {
    this.shapes = shapes;
  }

  /**
   * Cuts a recording into pulses; those unlike the others (movement, lost beats) are left out.
   *
   * @param pulse the pulse wave
   * @param pulseRate its samples a second
   * @param ecg the ECG recorded with it
   * @param ecgRate its samples a second
   * @throws IllegalArgumentException fewer than ten good pulses
   */
  static PulseShapes cut(double[] pulse, double pulseRate, double[] ecg, double ecgRate) {
    var all = new ArrayList<double[]>();
    var beats = BeatDetector.beats(ecg, ecgRate);
    for (int b = 0; b + 1 < beats.length; b++) {
      double from = beats[b] / ecgRate;
      double to = beats[b + 1] / ecgRate;
      if (to - from >= SHORTEST_SECONDS
          && to - from <= LONGEST_SECONDS
          && to * pulseRate + 1 < pulse.length) {
        all.add(normalized(pulse, from * pulseRate, to * pulseRate));
      }
    }
    var typical = median(all);
    var good = all.stream().filter(shape -> likeness(shape, typical) >= LEAST_LIKENESS).toList();
    if (good.size() < 10) {
      throw new IllegalArgumentException("expected ten good pulses, got " + good.size());
    }
    return new PulseShapes(good);
  }

  int count() {
    return shapes.size();
  }

  /**
   * Height of one pulse; the first points fade in from the end of the pulse before.
   *
   * @param beat number of the beat, any; pulses repeat after {@link #count}
   * @param phase 0 (R peak) to 1 (next R peak)
   * @return 0..1
   */
  double at(long beat, double phase) {
    double height = interpolate(shape(beat), phase * (POINTS - 1));
    double fade = phase * POINTS / FADE_POINTS;
    if (fade >= 1) {
      return height;
    }
    double before = shape(beat - 1)[POINTS - 1];
    return before + (height - before) * fade;
  }

  /** Mean height of one pulse, 0..1: what a mean pressure lies at between its low and its high. */
  double mean(long beat) {
    return Arrays.stream(shape(beat)).average().orElse(0);
  }

  private double[] shape(long beat) {
    return shapes.get((int) Math.floorMod(beat, (long) shapes.size()));
  }

  private static double[] normalized(double[] pulse, double from, double to) {
    var shape = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      shape[i] = interpolate(pulse, from + (to - from) * i / (POINTS - 1));
    }
    double low = Arrays.stream(shape).min().orElse(0);
    double high = Arrays.stream(shape).max().orElse(1);
    for (int i = 0; i < POINTS; i++) {
      shape[i] = high > low ? (shape[i] - low) / (high - low) : 0;
    }
    return shape;
  }

  private static double[] median(List<double[]> shapes) {
    var typical = new double[POINTS];
    for (int i = 0; i < POINTS && !shapes.isEmpty(); i++) {
      int point = i;
      var heights = shapes.stream().mapToDouble(shape -> shape[point]).sorted().toArray();
      typical[i] = heights[heights.length / 2];
    }
    return typical;
  }

  /** Correlation coefficient. */
  private static double likeness(double[] a, double[] b) {
    double meanA = Arrays.stream(a).average().orElse(0);
    double meanB = Arrays.stream(b).average().orElse(0);
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (a[i] - meanA) * (b[i] - meanB);
      aa += (a[i] - meanA) * (a[i] - meanA);
      bb += (b[i] - meanB) * (b[i] - meanB);
    }
    return aa == 0 || bb == 0 ? 0 : ab / Math.sqrt(aa * bb);
  }

  private static double interpolate(double[] values, double position) {
    int left = Math.min((int) position, values.length - 2);
    double share = position - left;
    return values[left] * (1 - share) + values[left + 1] * share;
  }
}
