package io.medtwin.spi;

import java.nio.IntBuffer;

/**
 * An unbroken stretch of one waveform: {@code value[i] = raw[i] * gain + offset}, sample {@code i}
 * taken {@code i / ratePerSecond} seconds after the reading's time.
 *
 * @param raw counts as sent, read-only; {@link #MISSING} where a sample is missing
 * @param ratePerSecond samples a second, more than 0
 * @param gain unit per count
 * @param offset value of count 0
 * @param unit UCUM unit of the scaled value; {@code "1"} where the scale is relative
 */
public record Samples(IntBuffer raw, double ratePerSecond, double gain, double offset, String unit)
    implements Value {

  /** Count that stands for "no sample here". */
  public static final int MISSING = Integer.MIN_VALUE;

  /** Most samples in one reading. */
  public static final int MAX_COUNT = 65_536;

  public Samples {
    if (!(ratePerSecond > 0)
        || !Double.isFinite(ratePerSecond)
        || !Double.isFinite(gain)
        || !Double.isFinite(offset)) {
      throw new IllegalArgumentException("rate must be positive, gain and offset finite");
    }
    if (raw.remaining() > MAX_COUNT) {
      throw new IllegalArgumentException(
          "at most " + MAX_COUNT + " samples in a reading, got " + raw.remaining());
    }
    raw = raw.asReadOnlyBuffer();
  }

  /** Samples of an array, which must not change afterwards. */
  public static Samples of(
      int[] raw, double ratePerSecond, double gain, double offset, String unit) {
    return new Samples(IntBuffer.wrap(raw), ratePerSecond, gain, offset, unit);
  }

  /** A view of the counts with its own position. */
  @Override
  public IntBuffer raw() {
    return raw.asReadOnlyBuffer();
  }

  @Override
  public String toString() {
    return "Samples[" + raw.remaining() + " at " + ratePerSecond + "/s, " + unit + "]";
  }
}
