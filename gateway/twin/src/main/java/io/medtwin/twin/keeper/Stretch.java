package io.medtwin.twin.keeper;

import java.nio.IntBuffer;
import java.time.Instant;

/**
 * A stretch of a waveform that came lately: {@code value[i] = raw[i] * gain + offset}.
 *
 * @param number counts the stretches of a wave since the start, from 1
 * @param observedAt time of the first sample
 * @param ratePerSecond samples a second
 * @param gain unit per count
 * @param offset value of count 0
 * @param unit UCUM unit as the device said it; {@code 1} where the scale is not known
 * @param raw counts, read-only; {@link io.medtwin.spi.Samples#MISSING} where one is missing
 */
public record Stretch(
    long number,
    Instant observedAt,
    double ratePerSecond,
    double gain,
    double offset,
    String unit,
    IntBuffer raw) {

  /** A view of the counts with its own position. */
  @Override
  public IntBuffer raw() {
    return raw.asReadOnlyBuffer();
  }
}
