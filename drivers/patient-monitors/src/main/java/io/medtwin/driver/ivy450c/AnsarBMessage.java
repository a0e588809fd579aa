package io.medtwin.driver.ivy450c;

import java.nio.IntBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One second of the monitor: five waves in counts of 0 to 253 (FEh and FFh frame the message) and
 * lines of text.
 *
 * @param waves counts of every wave, each exactly {@link Wave#count} long
 * @param lines text lines in the order sent
 */
public record AnsarBMessage(Map<Wave, IntBuffer> waves, List<AnsarBLine> lines) {

  /** Largest count a wave may hold. */
  public static final int MAX_COUNT = 0xFD;

  /** The waves, in the order sent; scale: {@code value = raw * gain + offset}. */
  public enum Wave {
    /**
     * 200 Hz, {@code (b - 100) * 0.02} mV; the unit is taken from an open driver, not confirmed.
     */
    ECG("ecg", 200, 0.02, -2.0, "mV"),
    /** 50 Hz, relative. */
    RESPIRATION("resp-wave", 50, 1, 0, "1"),
    /** 50 Hz, relative, {@code b - 86}. */
    PLETHYSMOGRAM("pleth", 50, 1, -86, "1"),
    /** 50 Hz, {@code b - 80} mmHg. */
    PRESSURE_1("p1-wave", 50, 1, -80, "mm[Hg]"),
    /** 50 Hz, {@code b - 251} mmHg; 251 throughout: no transducer. */
    PRESSURE_2("p2-wave", 50, 1, -251, "mm[Hg]");

    private final String parameter;
    private final int count;
    private final double gain;
    private final double offset;
    private final String unit;

    Wave(String parameter, int count, double gain, double offset, String unit) {
      this.parameter = parameter;
      this.count = count;
      this.gain = gain;
      this.offset = offset;
      this.unit = unit;
    }

    /** Name of the reading it becomes. */
    public String parameter() {
      return parameter;
    }

    /** Samples in a message, and so a second. */
    public int count() {
      return count;
    }

    /** Unit per count. */
    public double gain() {
      return gain;
    }

    /** Value of count 0. */
    public double offset() {
      return offset;
    }

    /** UCUM unit of the scaled value. */
    public String unit() {
      return unit;
    }
  }

  public AnsarBMessage {
    var copy = new EnumMap<Wave, IntBuffer>(Wave.class);
    for (var wave : Wave.values()) {
      var counts = waves.get(wave);
      if (counts == null || counts.remaining() != wave.count()) {
        throw new IllegalArgumentException(wave + " has " + wave.count() + " samples in a message");
      }
      for (int i = counts.position(); i < counts.limit(); i++) {
        if (counts.get(i) < 0 || counts.get(i) > MAX_COUNT) {
          throw new IllegalArgumentException(wave + ": a count is 0 to " + MAX_COUNT);
        }
      }
      copy.put(wave, counts.asReadOnlyBuffer());
    }
    waves = Map.copyOf(copy);
    lines = List.copyOf(lines);
  }

  /** A view of the counts of one wave with its own position. */
  public IntBuffer counts(Wave wave) {
    var counts = waves.get(wave);
    if (counts == null) {
      throw new AssertionError(wave + " is in every message");
    }
    return counts.asReadOnlyBuffer();
  }
}
