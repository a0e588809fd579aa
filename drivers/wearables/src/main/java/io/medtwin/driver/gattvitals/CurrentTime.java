package io.medtwin.driver.gattvitals;

import io.medtwin.driver.gattvitals.GattException.Problem;
import java.nio.ByteBuffer;
import java.util.Set;

/**
 * Current Time 2A2B, 10 octets: Date Time, day of week, fractions, reasons of the last adjustment
 * (Current Time Service 1.1).
 *
 * @param dateTime the device's wall clock
 * @param dayOfWeek 1 Monday to 7 Sunday, 0 unknown
 * @param fractions256 1/256 s, 0 to 255
 * @param adjustReasons why the clock was set last
 */
public record CurrentTime(
    GattDateTime dateTime, int dayOfWeek, int fractions256, Set<AdjustReason> adjustReasons) {

  /** Why a clock was set. */
  public enum AdjustReason implements StatusBits.Bit {
    MANUAL(0),
    EXTERNAL_REFERENCE(1),
    TIME_ZONE_CHANGE(2),
    DST_CHANGE(3);

    private final int bit;

    AdjustReason(int bit) {
      this.bit = bit;
    }

    @Override
    public int bit() {
      return bit;
    }
  }

  public CurrentTime {
    adjustReasons = Set.copyOf(adjustReasons);
  }

  /** Takes a whole value from the buffer. */
  public static CurrentTime decode(ByteBuffer buffer) throws GattException {
    var octets = new OctetReader(buffer);
    var dateTime = GattDateTime.read(octets);
    int dayOfWeek = octets.uint8();
    if (dayOfWeek > 7) {
      throw new GattException(Problem.RESERVED_VALUE, "day of week 0 to 7, got " + dayOfWeek);
    }
    return new CurrentTime(
        dateTime, dayOfWeek, octets.uint8(), StatusBits.of(octets.uint8(), AdjustReason.class));
  }

  /** Octets of this value. */
  public byte[] encode() {
    return dateTime
        .write(new OctetWriter())
        .uint8(dayOfWeek)
        .uint8(fractions256)
        .uint8(StatusBits.field(adjustReasons))
        .toBytes();
  }
}
