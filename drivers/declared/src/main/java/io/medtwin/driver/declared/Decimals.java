package io.medtwin.driver.declared;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/**
 * Decimal numbers that are safe to compute with: digits and exponent are bounded before any
 * arithmetic.
 */
final class Decimals {

  /** Most characters of a number that are looked at. */
  static final int MAX_CHARACTERS = 40;

  /** Largest power of ten in either direction. */
  static final int MAX_EXPONENT = 64;

  private Decimals() {}

  /**
   * The number a text stands for, scale kept, or {@code 0x} and hex digits; empty if it is none or
   * out of bounds.
   */
  static Optional<BigDecimal> parse(String text) {
    if (text.isEmpty() || text.length() > MAX_CHARACTERS || !isAscii(text)) {
      return Optional.empty();
    }
    try {
      if (text.startsWith("0x")) {
        return digits(text.substring(2), 16);
      }
      var number = new BigDecimal(text);
      return Math.abs((long) number.scale()) <= MAX_EXPONENT
          ? Optional.of(number)
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Digits of a base from 2 to 36, without sign. */
  static Optional<BigDecimal> digits(String text, int base) {
    if (base == 10) {
      return parse(text);
    }
    boolean plain =
        !text.isEmpty()
            && text.length() <= MAX_CHARACTERS
            && isAscii(text)
            && text.chars().allMatch(c -> Character.digit(c, base) >= 0);
    return plain ? Optional.of(new BigDecimal(new BigInteger(text, base))) : Optional.empty();
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }
}
