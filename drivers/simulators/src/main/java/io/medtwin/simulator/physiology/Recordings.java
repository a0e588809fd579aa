package io.medtwin.simulator.physiology;

import java.util.ArrayList;
import java.util.Arrays;

/**
 * The recordings that patients are made of, loaded and taken apart once: an ECG with its beats,
 * pulse waves of a finger and of an artery, breathing with its breaths. Immutable.
 *
 * @param ecg MIT-BIH record 100, MLII, from its first beat to its last, mV
 * @param beats its R peaks
 * @param pleth pulse waves of a finger, record a103l
 * @param pressure pulse waves of an artery, record 03700181
 * @param breathing respiration of record 03700181, from its first breath to its last, -1..1
 * @param breaths starts of its breaths
 */
record Recordings(
    LoopedSignal ecg,
    Rhythm beats,
    PulseShapes pleth,
    PulseShapes pressure,
    LoopedSignal breathing,
    Rhythm breaths) {
  private static final double CLEAN_PLETH_SECONDS = 150;
  private static final double BREATH_SMOOTHING_SECONDS = 0.25;
  private static final double SHORTEST_BREATH_SECONDS = 1.0;

  /** The one copy in memory; loading takes some tenths of a second. */
  static Recordings shared() {
    return Holder.RECORDINGS;
  }

  private static final class Holder {
    static final Recordings RECORDINGS = load();
  }

  private static Recordings load() {
    var heart = WfdbRecord.bundled("100");
    double rate = heart.rate("MLII");
    var ecg = heart.physical("MLII");
    int[] beats = BeatDetector.beats(ecg, rate);
    int first = beats[0];
    int last = beats[beats.length - 1];
    var loop = Arrays.copyOfRange(ecg, first, last);
    var times = Arrays.stream(beats).limit(beats.length - 1L).mapToDouble(b -> (b - first) / rate);
    var finger = WfdbRecord.bundled("a103l");
    int clean = (int) (CLEAN_PLETH_SECONDS * finger.rate("PLETH"));
    var artery = WfdbRecord.bundled("03700181");
    var breathing = artery.physical("RESP");
    double breathRate = artery.rate("RESP");
    int[] breaths = breaths(breathing, breathRate);
    int firstBreath = breaths[0];
    int lastBreath = breaths[breaths.length - 1];
    var breathLoop = Arrays.copyOfRange(breathing, firstBreath, lastBreath);
    return new Recordings(
        new LoopedSignal(loop, rate),
        new Rhythm(times.toArray(), loop.length / rate),
        PulseShapes.cut(
            Arrays.copyOf(finger.physical("PLETH"), clean),
            finger.rate("PLETH"),
            Arrays.copyOf(finger.physical("II"), clean),
            finger.rate("II")),
        PulseShapes.cut(
            artery.physical("ABP"),
            artery.rate("ABP"),
            artery.physical("MCL1"),
            artery.rate("MCL1")),
        new LoopedSignal(breathLoop, breathRate),
        new Rhythm(
            Arrays.stream(breaths)
                .limit(breaths.length - 1L)
                .mapToDouble(b -> (b - firstBreath) / breathRate)
                .toArray(),
            breathLoop.length / breathRate));
  }

  /**
   * Starts of breaths: rises through the mean of the last seconds, after a fall well below it, so
   * that ripple on top of a breath does not count.
   */
  static int[] breaths(double[] breathing, double rate) {
    var starts = new ArrayList<Integer>();
    double mean = Arrays.stream(breathing).average().orElse(0);
    double swing = Arrays.stream(breathing).map(v -> Math.abs(v - mean)).average().orElse(0);
    var smooth = BeatDetector.movingMean(breathing, (int) (BREATH_SMOOTHING_SECONDS * rate));
    boolean wasLow = false;
    for (int i = 0; i < smooth.length; i++) {
      double level = smooth[i] - mean;
      if (level < -swing / 2) {
        wasLow = true;
      } else if (level > swing / 2 && wasLow) {
        wasLow = false;
        if (starts.isEmpty() || i - starts.getLast() >= SHORTEST_BREATH_SECONDS * rate) {
          starts.add(i);
        }
      }
    }
    return starts.stream().mapToInt(Integer::intValue).toArray();
  }
}
