package io.medtwin.simulator.physiology;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Moments that repeat: heart beats or breaths of a recording that begins again at its end.
 * Immutable; times in seconds of the recording.
 */
final class Rhythm {
  private final double[] times;
  private final double lengthSeconds;

  /**
   * Keeps the moments.
   *
   * @param times rising, from 0 inclusive to {@code lengthSeconds} exclusive, at least one
   */
  Rhythm(double[] times, double lengthSeconds) {
    if (times.length == 0 || times[0] < 0 || times[times.length - 1] >= lengthSeconds) {
      throw new IllegalArgumentException("a rhythm needs moments within its length");
    }
    this.times = times.clone();
    this.lengthSeconds = lengthSeconds;
  }

  /** Number of the last moment at or before {@code seconds}, counted from the first of round 0. */
  long numberAt(double seconds) {
    long round = (long) Math.floor(seconds / lengthSeconds);
    double within = seconds - round * lengthSeconds;
    int found = Arrays.binarySearch(times, within);
    int index = found >= 0 ? found : -found - 2;
    return round * times.length + index;
  }

  /** When moment {@code number} is. */
  double time(long number) {
    long round = Math.floorDiv(number, (long) times.length);
    return round * lengthSeconds + times[(int) Math.floorMod(number, (long) times.length)];
  }

  /** How far {@code seconds} is between its two moments: 0 to below 1. */
  double phaseAt(double seconds) {
    long number = numberAt(seconds);
    double from = time(number);
    return Math.clamp((seconds - from) / (time(number + 1) - from), 0, Math.nextDown(1.0));
  }

  /** Moments a minute, over the last {@code intervals} complete intervals. */
  double perMinute(double seconds, int intervals) {
    long last = numberAt(seconds);
    return 60.0 * intervals / (time(last) - time(last - intervals));
  }

  /**
   * Lengths in seconds of the intervals that end after {@code from}, up to and including {@code
   * to}.
   */
  List<Double> intervals(double from, double to) {
    var intervals = new ArrayList<Double>();
    for (long n = numberAt(from) + 1; n <= numberAt(to); n++) {
      intervals.add(time(n) - time(n - 1));
    }
    return intervals;
  }
}
