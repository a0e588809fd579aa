package io.medtwin.twin.identity;

import io.medtwin.twin.identity.Identifier.Eui64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads hardware addresses. A MAC-48 is widened to an EUI-64 by {@code FFFE} in its middle (IEEE
 * 11073-20601 system ids do so). Only an address that an authority assigned is an identity: one
 * with the bit for local administration or for groups is not (IEEE 802-2014, 8.2).
 */
public final class HardwareAddress {

  private static final Pattern SEPARATORS = Pattern.compile("[\\s:.-]");
  private static final Pattern HEX = Pattern.compile("[0-9A-F]+");
  private static final String WIDENING = "FFFE";
  private static final int MAC_DIGITS = 12;
  private static final int EUI_DIGITS = 16;
  private static final int LOCAL_OR_GROUP = 0x03;
  private static final int RANDOM_KIND_SHIFT = 6;
  private static final int RESERVED_FOR_RANDOM = 0b10;

  /** What a bridge says of a Bluetooth address. */
  public enum Ble {
    PUBLIC,
    RANDOM,
    /** The bridge says nothing: the two top bits decide. */
    UNTOLD
  }

  private HardwareAddress() {}

  /** The EUI-64 in a text: 16 hex digits, or the 12 of a MAC-48; empty where it is none. */
  public static Optional<Eui64> read(String text) {
    var digits = SEPARATORS.matcher(text.strip()).replaceAll("").toUpperCase(Locale.ROOT);
    if (!HEX.matcher(digits).matches()
        || digits.length() != MAC_DIGITS && digits.length() != EUI_DIGITS) {
      return Optional.empty();
    }
    boolean assigned = (firstOctet(digits) & LOCAL_OR_GROUP) == 0;
    var wide =
        digits.length() == EUI_DIGITS
            ? digits
            : digits.substring(0, MAC_DIGITS / 2) + WIDENING + digits.substring(MAC_DIGITS / 2);
    boolean isNone = digits.chars().allMatch(digit -> digit == '0');
    return assigned && !isNone ? Optional.of(new Eui64(wide)) : Optional.empty();
  }

  /**
   * The identity in a Bluetooth address; empty for a random one. Where the bridge does not say,
   * only the top bits {@code 10} are sure: {@code 11} is static random, {@code 01} resolvable,
   * {@code 00} non-resolvable (Bluetooth Core Specification, vol. 6 part B, 1.3), or public.
   */
  public static Optional<Eui64> ofBluetooth(String address, Ble kind) {
    var wide = read(address);
    return switch (kind) {
      case PUBLIC -> wide;
      case RANDOM -> Optional.empty();
      case UNTOLD ->
          wide.filter(eui -> firstOctet(eui.digits()) >> RANDOM_KIND_SHIFT == RESERVED_FOR_RANDOM);
    };
  }

  private static int firstOctet(String digits) {
    return Integer.parseInt(digits.substring(0, 2), 16);
  }
}
