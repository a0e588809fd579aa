package io.medtwin.simulator.physiology;

import java.util.List;
import java.util.SplittableRandom;

/**
 * One body, made of real recordings and a seed. Everything follows one heart: ECG, pulse wave and
 * pressure of a moment belong to the same beat, and the heart rate is counted from the ECG. The
 * seed decides where in the recordings this patient is, how fast the heart goes, and how the slow
 * values wander. A moment gives the same values whoever asks and in whatever order. Immutable; time
 * in seconds since the scenario began. Nobody in particular: it has no name, age or sex.
 */
public final class Patient {
  private static final int BEATS_AVERAGED = 8;
  private static final int BREATHS_AVERAGED = 4;

  private final Recordings recordings = Recordings.shared();
  private final double heartStart;
  private final double heartTempo;
  private final double breathStart;
  private final double breathTempo;
  private final SlowVariation spo2;
  private final SlowVariation perfusionIndex;
  private final SlowVariation temperature;
  private final SlowVariation systolic;
  private final SlowVariation diastolic;

  /** The patient of a seed. */
  public Patient(long seed) {
    var random = new SplittableRandom(seed);
    heartStart = random.nextDouble(recordings.ecg().lengthSeconds());
    heartTempo = random.nextDouble(0.85, 1.2);
    breathStart = random.nextDouble(recordings.breathing().lengthSeconds());
    breathTempo = random.nextDouble(0.6, 0.85);
    spo2 = new SlowVariation(random.nextDouble(95.5, 98), 1.4, random);
    perfusionIndex = new SlowVariation(random.nextDouble(3, 6), 1.5, random);
    temperature = new SlowVariation(random.nextDouble(36.5, 37.4), 0.25, random);
    systolic = new SlowVariation(random.nextDouble(108, 132), 8, random);
    diastolic = new SlowVariation(random.nextDouble(64, 78), 5, random);
  }

  /**
   * ECG in mV as a device sees it that takes {@code rate} samples a second.
   *
   * @param seconds since the scenario began
   */
  public double ecg(double seconds, double rate) {
    return recordings.ecg().at(heart(seconds), rate / heartTempo);
  }

  /** Pulse wave at a finger, 0 (foot) to 1 (peak). */
  public double pleth(double seconds) {
    double heart = heart(seconds);
    var beats = recordings.beats();
    return recordings.pleth().at(beats.numberAt(heart), beats.phaseAt(heart));
  }

  /** Pressure in an artery, mm[Hg]. */
  public double pressure(double seconds) {
    double heart = heart(seconds);
    var beats = recordings.beats();
    double height = recordings.pressure().at(beats.numberAt(heart), beats.phaseAt(heart));
    double low = diastolic.at(seconds);
    return low + (systolic.at(seconds) - low) * height;
  }

  /**
   * Movement of the chest, about -1 to 1.
   *
   * @param seconds since the scenario began
   * @param rate samples a second the device takes
   */
  public double respiration(double seconds, double rate) {
    return Math.clamp(recordings.breathing().at(breath(seconds), rate / breathTempo), -1, 1);
  }

  /**
   * Lengths in seconds of the beat-to-beat intervals that ended after {@code from}, until {@code
   * to}.
   */
  public List<Double> beatIntervals(double from, double to) {
    return recordings.beats().intervals(heart(from), heart(to)).stream()
        .map(interval -> interval / heartTempo)
        .toList();
  }

  /** The numbers of a moment. */
  public Vitals vitals(double seconds) {
    double heart = heart(seconds);
    double high = systolic.at(seconds);
    double low = diastolic.at(seconds);
    double mean = recordings.pressure().mean(recordings.beats().numberAt(heart));
    return new Vitals(
        recordings.beats().perMinute(heart, BEATS_AVERAGED) * heartTempo,
        Math.min(100, spo2.at(seconds)),
        perfusionIndex.at(seconds),
        recordings.breaths().perMinute(breath(seconds), BREATHS_AVERAGED) * breathTempo,
        temperature.at(seconds),
        high,
        low,
        low + (high - low) * mean);
  }

  private double heart(double seconds) {
    return heartStart + seconds * heartTempo;
  }

  private double breath(double seconds) {
    return breathStart + seconds * breathTempo;
  }
}
