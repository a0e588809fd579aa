package io.medtwin.driver.gattvitals;

import java.nio.ByteBuffer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * PLX Continuous Measurement 2A5F, at most 20 octets. Octet 0 holds flags: 0 fast pair, 1 slow
 * pair, 2 measurement status, 3 sensor status, 4 pulse amplitude index. Then the normal pair of
 * SFLOATs and what the flags announce, in that order (PLXS 1.0.1).
 *
 * @param normal averaged as the device normally does
 * @param fast quick averaging, or null
 * @param slow long averaging, or null
 * @param measurementStatus null if the sensor does not say
 * @param sensorStatus null if the sensor does not say
 * @param pulseAmplitudeIndex %, or null
 */
public record ContinuousOximetry(
    Pair normal,
    @Nullable Pair fast,
    @Nullable Pair slow,
    @Nullable Set<MeasurementStatus> measurementStatus,
    @Nullable Set<SensorStatus> sensorStatus,
    @Nullable MedicalFloat pulseAmplitudeIndex) {

  /**
   * Saturation and pulse of one averaging.
   *
   * @param spo2 oxygen saturation, %
   * @param pulseRate beats a minute
   */
  public record Pair(MedicalFloat spo2, MedicalFloat pulseRate) {

    static Pair read(OctetReader octets) throws GattException {
      return new Pair(octets.sfloat(), octets.sfloat());
    }

    void write(OctetWriter octets) {
      octets.sfloat(spo2).sfloat(pulseRate);
    }
  }

  private static final int FAST = 1;
  private static final int SLOW = 1 << 1;
  private static final int MEASUREMENT = 1 << 2;
  private static final int SENSOR = 1 << 3;
  private static final int AMPLITUDE = 1 << 4;

  public ContinuousOximetry {
    measurementStatus = measurementStatus == null ? null : Set.copyOf(measurementStatus);
    sensorStatus = sensorStatus == null ? null : Set.copyOf(sensorStatus);
  }

  /** Saturation and pulse alone. */
  public static ContinuousOximetry of(MedicalFloat spo2, MedicalFloat pulseRate) {
    return new ContinuousOximetry(new Pair(spo2, pulseRate), null, null, null, null, null);
  }

  /** Takes a whole value from the buffer. */
  public static ContinuousOximetry decode(ByteBuffer buffer) throws GattException {
    var octets = new OctetReader(buffer);
    int flags = octets.uint8();
    return new ContinuousOximetry(
        Pair.read(octets),
        (flags & FAST) != 0 ? Pair.read(octets) : null,
        (flags & SLOW) != 0 ? Pair.read(octets) : null,
        (flags & MEASUREMENT) != 0 ? StatusBits.of(octets.uint16(), MeasurementStatus.class) : null,
        (flags & SENSOR) != 0 ? StatusBits.of(octets.uint24(), SensorStatus.class) : null,
        (flags & AMPLITUDE) != 0 ? octets.sfloat() : null);
  }

  /** Octets of this value. */
  public byte[] encode() {
    int flags =
        (fast != null ? FAST : 0)
            | (slow != null ? SLOW : 0)
            | (measurementStatus != null ? MEASUREMENT : 0)
            | (sensorStatus != null ? SENSOR : 0)
            | (pulseAmplitudeIndex != null ? AMPLITUDE : 0);
    var octets = new OctetWriter().uint8(flags);
    normal.write(octets);
    if (fast != null) {
      fast.write(octets);
    }
    if (slow != null) {
      slow.write(octets);
    }
    if (measurementStatus != null) {
      octets.uint16(StatusBits.field(measurementStatus));
    }
    if (sensorStatus != null) {
      octets.uint24(StatusBits.field(sensorStatus));
    }
    if (pulseAmplitudeIndex != null) {
      octets.sfloat(pulseAmplitudeIndex);
    }
    return octets.toBytes();
  }
}
