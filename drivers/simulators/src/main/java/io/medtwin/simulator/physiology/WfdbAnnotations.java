package io.medtwin.simulator.physiology;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads beat annotations ({@code .atr}), the MIT format of WFDB Applications Guide, annot(5):
 * little-endian 16-bit words, type in the upper 6 bits and samples since the one before in the
 * lower 10.
 */
final class WfdbAnnotations {
  private static final int SKIP = 59;
  private static final int NUM = 60;
  private static final int CHN = 62;
  private static final int AUX = 63;
  private static final int LAST_BEAT = 13;
  private static final List<Integer> LATER_BEATS = List.of(25, 30, 34, 35, 38, 41);

  /**
   * One annotation.
   *
   * @param sample index of the sample it belongs to
   * @param type 1 normal beat, 5 premature ventricular, 8 atrial premature, 28 rhythm change
   */
  record Annotation(long sample, int type) {
    /** Whether it marks a heart beat. */
    boolean isBeat() {
      return type >= 1 && type <= LAST_BEAT || LATER_BEATS.contains(type);
    }
  }

  private WfdbAnnotations() {}

  /** All annotations of a file, in order of time. */
  static List<Annotation> parse(byte[] file) {
    var annotations = new ArrayList<Annotation>();
    long sample = 0;
    int at = 0;
    while (at + 1 < file.length) {
      int word = word(file, at);
      at += 2;
      if (word == 0) {
        break;
      }
      int type = word >>> 10;
      int low = word & 0x3FF;
      if (type == SKIP) {
        sample += (long) word(file, at) << 16 | word(file, at + 2);
        at += 4;
      } else if (type == AUX) {
        at += low + (low & 1);
      } else if (type < NUM || type > CHN) {
        sample += low;
        annotations.add(new Annotation(sample, type));
      }
    }
    return annotations;
  }

  private static int word(byte[] file, int at) {
    return file[at] & 0xFF | (file[at + 1] & 0xFF) << 8;
  }
}
