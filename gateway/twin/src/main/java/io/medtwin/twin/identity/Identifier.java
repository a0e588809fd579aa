package io.medtwin.twin.identity;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Something that tells one device from all others, in one spelling. An IP address, a port and a
 * topic say where a device is, not which one it is: they are no identifiers, and neither is a
 * random Bluetooth address.
 */
public sealed interface Identifier {

  /** Strongest first; identifiers of one kind by their text. */
  Comparator<Identifier> STRONGEST_FIRST =
      Comparator.<Identifier>comparingInt(
              identifier ->
                  switch (identifier) {
                    case Udi _ -> 0;
                    case Plate _ -> 1;
                    case Eui64 _ -> 2;
                    case VendorId _ -> 3;
                  })
          .thenComparing(Identifier::text)
          .thenComparing(Identifier::toString);

  /** One spelling, for people and for names: {@code serial/alaris/asena gh/8002-51740}. */
  String text();

  /** Whether it stays with a device for life. */
  default boolean isStrong() {
    return switch (this) {
      case Udi _, Plate _, Eui64 _ -> true;
      case VendorId _ -> false;
    };
  }

  /**
   * The model's regulatory number with the serial number of the production identifier.
   *
   * @param di UDI-DI
   * @param serial serial number as the maker writes it
   */
  record Udi(String di, String serial) implements Identifier {
    public Udi {
      di = present(di, "a UDI-DI");
      serial = present(serial, "a serial number");
    }

    @Override
    public String text() {
      return "udi/" + di + "/" + serial;
    }
  }

  /**
   * What the type plate says. A serial number is unique only within manufacturer and model.
   *
   * @param manufacturer lower case
   * @param model lower case
   * @param serial as written; upper and lower case are different
   */
  record Plate(String manufacturer, String model, String serial) implements Identifier {
    public Plate {
      manufacturer = present(manufacturer, "a manufacturer").toLowerCase(Locale.ROOT);
      model = present(model, "a model").toLowerCase(Locale.ROOT);
      serial = present(serial, "a serial number");
    }

    @Override
    public String text() {
      return "serial/" + manufacturer + "/" + model + "/" + serial;
    }

    /**
     * Whether both may be the same serial number in two spellings: {@code SN-004711} and {@code
     * 4711}. Only a person can tell.
     */
    public boolean isSpeltOtherwiseIn(Plate other) {
      return !equals(other)
          && manufacturer.equals(other.manufacturer)
          && model.equals(other.model)
          && SerialNumbers.mayBeSame(serial, other.serial);
    }

    /** The same for all spellings of one serial number. */
    Object spelling() {
      return List.of(manufacturer, model, SerialNumbers.bare(serial));
    }
  }

  /**
   * Address of the hardware.
   *
   * @param digits 16 upper-case hex digits; see {@link HardwareAddress}
   */
  record Eui64(String digits) implements Identifier {
    public Eui64 {
      if (!digits.matches("[0-9A-F]{16}")) {
        throw new IllegalArgumentException(
            "expected 16 upper-case hex digits, got \"" + digits + "\"");
      }
    }

    @Override
    public String text() {
      return "eui64/" + digits;
    }
  }

  /**
   * A number of the vendor's own making; a reset may change it.
   *
   * @param vendor lower case
   * @param id as written
   */
  record VendorId(String vendor, String id) implements Identifier {
    public VendorId {
      vendor = present(vendor, "a vendor").toLowerCase(Locale.ROOT);
      id = present(id, "an id");
    }

    @Override
    public String text() {
      return "vendor/" + vendor + "/" + id;
    }
  }

  private static String present(String text, String what) {
    var stripped = text.strip();
    if (stripped.isEmpty()) {
      throw new IllegalArgumentException("expected " + what + ", got nothing");
    }
    return stripped;
  }
}
