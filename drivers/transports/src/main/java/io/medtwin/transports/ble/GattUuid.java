package io.medtwin.transports.ble;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * UUIDs of services and characteristics: four upper-case hex digits where the SIG assigned a
 * number, else the whole UUID in upper case (Bluetooth Core, volume 3, part B, section 2.5.1).
 */
final class GattUuid {

  private static final String BASE = "-0000-1000-8000-00805F9B34FB";
  private static final Pattern SHORT = Pattern.compile("(?:0[xX])?([0-9A-Fa-f]{4})");
  private static final Pattern LONG =
      Pattern.compile(
          "[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}");

  private GattUuid() {}

  /** The UUID that a text stands for, or null where it is none. */
  static @Nullable String of(String text) {
    var assigned = SHORT.matcher(text);
    if (assigned.matches()) {
      return assigned.group(1).toUpperCase(Locale.ROOT);
    }
    if (!LONG.matcher(text).matches()) {
      return null;
    }
    var upper = text.toUpperCase(Locale.ROOT);
    return upper.startsWith("0000") && upper.endsWith(BASE) ? upper.substring(4, 8) : upper;
  }

  /**
   * The UUID of a configured text.
   *
   * @throws IllegalArgumentException it is none
   */
  static String require(String what, String text) {
    var uuid = of(text);
    if (uuid == null) {
      throw new IllegalArgumentException(
          what + ": expected a UUID such as 2A35 or all 36 characters, got \"" + text + "\"");
    }
    return uuid;
  }

  /** All 36 characters, lower case, as bridges take them. */
  static String inFull(String uuid) {
    return (uuid.length() == 4 ? "0000" + uuid + BASE : uuid).toLowerCase(Locale.ROOT);
  }
}
