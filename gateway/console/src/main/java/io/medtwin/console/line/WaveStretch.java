package io.medtwin.console.line;

import java.nio.IntBuffer;
import java.time.Instant;

/**
 * A stretch of a waveform: {@code value[i] = raw[i] * gain + offset}.
 *
 * @param number counts the stretches of a wave, from 1
 * @param observedAt time of the first sample
 * @param ratePerSecond samples a second
 * @param gain unit per count
 * @param offset value of count 0
 * @param unit UCUM unit; {@code 1} where the scale is not known
 * @param raw counts, read-only; {@link io.medtwin.spi.Samples#MISSING} where one is missing
 */
public record WaveStretch(
    long number,
    Instant observedAt,
    double ratePerSecond,
    double gain,
    double offset,
    String unit,
    IntBuffer raw) {}
