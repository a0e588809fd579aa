package io.medtwin.driver.internal.json;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * Decimal numbers that are safe to compute with. {@code 1e999999999} is nine characters on the wire
 * and a gigabyte when it is added to 1: digits and exponent are bounded before any arithmetic.
 */
public final class Decimals {

  /** Most characters of a number that are looked at. */
  public static final int MAX_CHARACTERS = 96;

  /** Most significant digits; an unsigned 64-bit integer has 20, a double's exact text 17. */
  public static final int MAX_DIGITS = 40;

  /** Largest power of ten in either direction. */
  public static final int MAX_EXPONENT = 64;

  /** No number of {@link #MAX_DIGITS} digits has more bits. */
  private static final int MAX_BITS = 136;

  private Decimals() {}

  /** The number a text stands for, scale kept; empty if it is none or out of bounds. */
  public static Optional<BigDecimal> parse(String text) {
    if (text.isEmpty() || text.length() > MAX_CHARACTERS) {
      return Optional.empty();
    }
    try {
      var number = new BigDecimal(text);
      return isShort(number) ? Optional.of(number) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The number itself if it is within bounds; 1e-320 of a subnormal double is not. */
  public static Optional<BigDecimal> bounded(BigDecimal number) {
    // Bits first: counting the digits of a very long number is itself slow.
    boolean isCountable = number.unscaledValue().bitLength() <= MAX_BITS;
    return isCountable && isShort(number) ? Optional.of(number) : Optional.empty();
  }

  private static boolean isShort(BigDecimal number) {
    return Math.abs((long) number.scale()) <= MAX_EXPONENT && number.precision() <= MAX_DIGITS;
  }
}
