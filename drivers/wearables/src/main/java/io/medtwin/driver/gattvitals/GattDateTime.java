package io.medtwin.driver.gattvitals;

import io.medtwin.driver.gattvitals.GattException.Problem;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Optional;

/**
 * Date Time, 7 octets: year uint16 (0 unknown, else 1582–9999), month, day (0 unknown), hour,
 * minute, second. The device's own wall clock, without zone. All zero: its clock was never set.
 *
 * <p>Source: Bluetooth GATT Specification Supplement, Date Time.
 */
public record GattDateTime(int year, int month, int day, int hour, int minute, int second) {

  /** Octets of an encoded one. */
  static final int OCTETS = 7;

  public GattDateTime {
    if (!isValid(year, month, day, hour, minute, second)) {
      throw new IllegalArgumentException("a field of a date time is out of range");
    }
  }

  /** A fully known wall clock time; fractions of a second are cut off. */
  public static GattDateTime of(LocalDateTime time) {
    return new GattDateTime(
        time.getYear(),
        time.getMonthValue(),
        time.getDayOfMonth(),
        time.getHour(),
        time.getMinute(),
        time.getSecond());
  }

  /** Takes a Date Time (2A08) from the buffer. */
  public static GattDateTime decode(ByteBuffer octets) throws GattException {
    return read(new OctetReader(octets));
  }

  /** Its 7 octets. */
  public byte[] encode() {
    return write(new OctetWriter()).toBytes();
  }

  static GattDateTime read(OctetReader octets) throws GattException {
    if (octets.remaining() < OCTETS) {
      throw new GattException(
          Problem.TRUNCATED, "expected 7 octets of a date time, got " + octets.remaining());
    }
    int year = octets.uint16();
    int month = octets.uint8();
    int day = octets.uint8();
    int hour = octets.uint8();
    int minute = octets.uint8();
    int second = octets.uint8();
    if (!isValid(year, month, day, hour, minute, second)) {
      throw new GattException(Problem.RESERVED_VALUE, "a field of a date time is out of range");
    }
    return new GattDateTime(year, month, day, hour, minute, second);
  }

  OctetWriter write(OctetWriter octets) {
    return octets.uint16(year).uint8(month).uint8(day).uint8(hour).uint8(minute).uint8(second);
  }

  /** The wall clock time, or empty if year, month or day is unknown or there is no such day. */
  public Optional<LocalDateTime> local() {
    if (year == 0 || month == 0 || day == 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDateTime.of(year, month, day, hour, minute, second));
    } catch (DateTimeException e) {
      return Optional.empty(); // 30 February
    }
  }

  /** ISO form with zeros for what is unknown: {@code 0000-04-17T20:41:59}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%04d-%02d-%02dT%02d:%02d:%02d", year, month, day, hour, minute, second);
  }

  private static boolean isValid(int year, int month, int day, int hour, int minute, int second) {
    return (year == 0 || (year >= 1582 && year <= 9999))
        && within(month, 12)
        && within(day, 31)
        && within(hour, 23)
        && within(minute, 59)
        && within(second, 59);
  }

  private static boolean within(int value, int max) {
    return value >= 0 && value <= max;
  }
}
