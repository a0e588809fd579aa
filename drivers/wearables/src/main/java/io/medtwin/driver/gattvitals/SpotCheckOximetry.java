package io.medtwin.driver.gattvitals;

import java.nio.ByteBuffer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * PLX Spot-check Measurement 2A5E. Octet 0 holds flags: 0 time, 1 measurement status, 2 sensor
 * status, 3 pulse amplitude index, 4 the device's clock is not set. Then SFLOAT SpO2, SFLOAT pulse,
 * and what the flags announce, in that order (PLXS 1.0.1).
 *
 * @param spo2 oxygen saturation, %
 * @param pulseRate beats a minute
 * @param time the device's wall clock, or null
 * @param measurementStatus null if the sensor does not say
 * @param sensorStatus null if the sensor does not say
 * @param pulseAmplitudeIndex %, or null
 * @param clockSet false if the device says that its clock is not set
 */
public record SpotCheckOximetry(
    MedicalFloat spo2,
    MedicalFloat pulseRate,
    @Nullable GattDateTime time,
    @Nullable Set<MeasurementStatus> measurementStatus,
    @Nullable Set<SensorStatus> sensorStatus,
    @Nullable MedicalFloat pulseAmplitudeIndex,
    boolean clockSet) {

  private static final int TIME = 1;
  private static final int MEASUREMENT = 1 << 1;
  private static final int SENSOR = 1 << 2;
  private static final int AMPLITUDE = 1 << 3;
  private static final int CLOCK_NOT_SET = 1 << 4;

  public SpotCheckOximetry {
    measurementStatus = measurementStatus == null ? null : Set.copyOf(measurementStatus);
    sensorStatus = sensorStatus == null ? null : Set.copyOf(sensorStatus);
  }

  /** Takes a whole value from the buffer. */
  public static SpotCheckOximetry decode(ByteBuffer buffer) throws GattException {
    var octets = new OctetReader(buffer);
    int flags = octets.uint8();
    return new SpotCheckOximetry(
        octets.sfloat(),
        octets.sfloat(),
        (flags & TIME) != 0 ? GattDateTime.read(octets) : null,
        (flags & MEASUREMENT) != 0 ? StatusBits.of(octets.uint16(), MeasurementStatus.class) : null,
        (flags & SENSOR) != 0 ? StatusBits.of(octets.uint24(), SensorStatus.class) : null,
        (flags & AMPLITUDE) != 0 ? octets.sfloat() : null,
        (flags & CLOCK_NOT_SET) == 0);
  }

  /** Octets of this value. */
  public byte[] encode() {
    int flags =
        (time != null ? TIME : 0)
            | (measurementStatus != null ? MEASUREMENT : 0)
            | (sensorStatus != null ? SENSOR : 0)
            | (pulseAmplitudeIndex != null ? AMPLITUDE : 0)
            | (clockSet ? 0 : CLOCK_NOT_SET);
    var octets = new OctetWriter().uint8(flags).sfloat(spo2).sfloat(pulseRate);
    if (time != null) {
      time.write(octets);
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
