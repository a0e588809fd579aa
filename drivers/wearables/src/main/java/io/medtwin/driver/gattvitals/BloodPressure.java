package io.medtwin.driver.gattvitals;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Blood Pressure Measurement 2A35 and Intermediate Cuff Pressure 2A36, which share a layout. Octet
 * 0 holds flags: 0 kPa (else mmHg), 1 time, 2 pulse rate, 3 user, 4 status. Then SFLOAT systolic,
 * diastolic, mean, and what the flags announce, in that order (Blood Pressure Service 1.1).
 *
 * <p>In 2A36 the first number is the present cuff pressure, and the other two mean nothing.
 *
 * @param unit of the three pressures
 * @param systolic or, in 2A36, the present cuff pressure
 * @param diastolic nothing in 2A36
 * @param mean mean arterial pressure; nothing in 2A36
 * @param time the device's wall clock, or null
 * @param pulseRate beats a minute, or null
 * @param userId which of its users the device thinks it measured, 255 unknown, or null; belongs in
 *     no reading, it points at a person
 * @param status null if the device does not say
 */
public record BloodPressure(
    Unit unit,
    MedicalFloat systolic,
    MedicalFloat diastolic,
    MedicalFloat mean,
    @Nullable GattDateTime time,
    @Nullable MedicalFloat pulseRate,
    @Nullable Integer userId,
    @Nullable Set<Status> status) {

  /** Unit of the pressures. */
  public enum Unit {
    MMHG,
    KILOPASCAL
  }

  /** What disturbed the measurement. */
  public enum Status {
    BODY_MOVEMENT,
    CUFF_TOO_LOOSE,
    IRREGULAR_PULSE,
    PULSE_RATE_ABOVE_LIMIT,
    PULSE_RATE_BELOW_LIMIT,
    IMPROPER_POSITION
  }

  private static final int KILOPASCAL = 1;
  private static final int TIME = 1 << 1;
  private static final int PULSE = 1 << 2;
  private static final int USER = 1 << 3;
  private static final int STATUS = 1 << 4;

  public BloodPressure {
    status = status == null ? null : Set.copyOf(status);
  }

  /** Three pressures in mmHg alone. */
  public static BloodPressure mmHg(
      MedicalFloat systolic, MedicalFloat diastolic, MedicalFloat mean) {
    return new BloodPressure(Unit.MMHG, systolic, diastolic, mean, null, null, null, null);
  }

  /** Takes a whole value from the buffer. */
  public static BloodPressure decode(ByteBuffer buffer) throws GattException {
    var octets = new OctetReader(buffer);
    int flags = octets.uint8();
    return new BloodPressure(
        (flags & KILOPASCAL) != 0 ? Unit.KILOPASCAL : Unit.MMHG,
        octets.sfloat(),
        octets.sfloat(),
        octets.sfloat(),
        (flags & TIME) != 0 ? GattDateTime.read(octets) : null,
        (flags & PULSE) != 0 ? octets.sfloat() : null,
        (flags & USER) != 0 ? octets.uint8() : null,
        (flags & STATUS) != 0 ? statuses(octets.uint16()) : null);
  }

  /** Octets of this value. */
  public byte[] encode() {
    int flags =
        (unit == Unit.KILOPASCAL ? KILOPASCAL : 0)
            | (time != null ? TIME : 0)
            | (pulseRate != null ? PULSE : 0)
            | (userId != null ? USER : 0)
            | (status != null ? STATUS : 0);
    var octets = new OctetWriter().uint8(flags).sfloat(systolic).sfloat(diastolic).sfloat(mean);
    if (time != null) {
      time.write(octets);
    }
    if (pulseRate != null) {
      octets.sfloat(pulseRate);
    }
    if (userId != null) {
      octets.uint8(userId);
    }
    if (status != null) {
      octets.uint16(field(status));
    }
    return octets.toBytes();
  }

  private static Set<Status> statuses(int field) {
    var statuses = EnumSet.allOf(Status.class);
    statuses.removeIf(status -> (field & span(status)) != mask(status));
    return statuses;
  }

  private static int field(Set<Status> statuses) {
    return statuses.stream().mapToInt(BloodPressure::mask).reduce(0, (a, b) -> a | b);
  }

  private static int mask(Status status) {
    return switch (status) {
      case BODY_MOVEMENT -> 1;
      case CUFF_TOO_LOOSE -> 1 << 1;
      case IRREGULAR_PULSE -> 1 << 2;
      case PULSE_RATE_ABOVE_LIMIT -> 1 << 3;
      case PULSE_RATE_BELOW_LIMIT -> 2 << 3;
      case IMPROPER_POSITION -> 1 << 5;
    };
  }

  /** The bits that decide: the pulse range is a number of two bits, the others are flags. */
  private static int span(Status status) {
    return switch (status) {
      case PULSE_RATE_ABOVE_LIMIT, PULSE_RATE_BELOW_LIMIT -> 3 << 3;
      case BODY_MOVEMENT, CUFF_TOO_LOOSE, IRREGULAR_PULSE, IMPROPER_POSITION -> mask(status);
    };
  }
}
