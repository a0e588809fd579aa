package io.medtwin.transports.ble;

import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Bluetooth device addresses: six octets, written upper case with colons. */
final class BleAddress {

  private static final Pattern WITH_SEPARATORS =
      Pattern.compile("[0-9A-Fa-f]{2}([:-])(?:[0-9A-Fa-f]{2}\\1){4}[0-9A-Fa-f]{2}");
  private static final Pattern BARE = Pattern.compile("[0-9A-Fa-f]{12}");
  private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();

  private BleAddress() {}

  /** The address that a text stands for, or null where it is none. */
  static @Nullable String of(String text) {
    if (WITH_SEPARATORS.matcher(text).matches()) {
      return text.toUpperCase(Locale.ROOT).replace('-', ':');
    }
    return BARE.matcher(text).matches() ? COLONS.formatHex(HexFormat.of().parseHex(text)) : null;
  }

  /**
   * The address of a configured text.
   *
   * @throws IllegalArgumentException it is none
   */
  static String require(String what, String text) {
    var address = of(text);
    if (address == null) {
      throw new IllegalArgumentException(
          what + ": expected a Bluetooth address such as CC:1B:E0:E8:0D:F2, got \"" + text + "\"");
    }
    return address;
  }
}
