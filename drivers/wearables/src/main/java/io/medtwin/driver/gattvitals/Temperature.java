package io.medtwin.driver.gattvitals;

import io.medtwin.driver.gattvitals.GattException.Problem;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Temperature Measurement 2A1C and Intermediate Temperature 2A1E. Octet 0 holds flags: 0
 * Fahrenheit, 1 time, 2 site. Then FLOAT, [Date Time], [site uint8] (Health Thermometer Service
 * 1.0).
 *
 * @param value in {@code unit}
 * @param unit as the device shows it
 * @param time the device's wall clock, or null
 * @param site where it was measured, or null
 */
public record Temperature(
    MedicalFloat value, Unit unit, @Nullable GattDateTime time, @Nullable Site site) {

  /** Unit of the value. */
  public enum Unit {
    CELSIUS,
    FAHRENHEIT
  }

  /** Temperature Type 2A1D. */
  public enum Site {
    ARMPIT(1),
    BODY(2),
    EAR(3),
    FINGER(4),
    GASTROINTESTINAL(5),
    MOUTH(6),
    RECTUM(7),
    TOE(8),
    TYMPANUM(9);

    private final int code;

    Site(int code) {
      this.code = code;
    }

    /** The code on the wire. */
    public int code() {
      return code;
    }
  }

  private static final int FAHRENHEIT = 1;
  private static final int TIME = 1 << 1;
  private static final int SITE = 1 << 2;

  /** A temperature in degrees Celsius, without time and site. */
  public static Temperature celsius(MedicalFloat value) {
    return new Temperature(value, Unit.CELSIUS, null, null);
  }

  /** Takes a whole value from the buffer. */
  public static Temperature decode(ByteBuffer buffer) throws GattException {
    var octets = new OctetReader(buffer);
    int flags = octets.uint8();
    return new Temperature(
        octets.float32(),
        (flags & FAHRENHEIT) != 0 ? Unit.FAHRENHEIT : Unit.CELSIUS,
        (flags & TIME) != 0 ? GattDateTime.read(octets) : null,
        (flags & SITE) != 0 ? site(octets.uint8()) : null);
  }

  /** Octets of this value. */
  public byte[] encode() {
    int flags =
        (unit == Unit.FAHRENHEIT ? FAHRENHEIT : 0)
            | (time != null ? TIME : 0)
            | (site != null ? SITE : 0);
    var octets = new OctetWriter().uint8(flags).float32(value);
    if (time != null) {
      time.write(octets);
    }
    if (site != null) {
      octets.uint8(site.code());
    }
    return octets.toBytes();
  }

  private static Site site(int raw) throws GattException {
    for (var site : Site.values()) {
      if (site.code() == raw) {
        return site;
      }
    }
    throw new GattException(Problem.RESERVED_VALUE, "temperature type 1 to 9, got " + raw);
  }
}
