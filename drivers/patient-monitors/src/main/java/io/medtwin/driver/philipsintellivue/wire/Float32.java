package io.medtwin.driver.philipsintellivue.wire;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * A FLOAT of IEEE 11073: signed exponent of 8 bits, signed mantissa of 24 bits, value mantissa ×
 * 10^exponent; some mantissas stand for no number. {@code FE0004D2} is 12.34.
 *
 * @param raw the 32 bits as sent
 */
public record Float32(int raw) {

  /** What the bits stand for. */
  public enum Kind {
    NUMBER,
    NOT_A_NUMBER,
    NOT_AT_THIS_RESOLUTION,
    PLUS_INFINITY,
    MINUS_INFINITY
  }

  /** "Not a number". */
  public static final Float32 NOT_A_NUMBER = new Float32(0x007FFFFF);

  private static final int MANTISSA_BITS = 24;
  private static final int LARGEST = 0x7FFFFD;

  /**
   * The number, its scale kept: 37.50 is 3750 × 10^-2.
   *
   * @throws IllegalArgumentException the mantissa takes more than 24 bits
   */
  public static Float32 of(BigDecimal number) {
    var unscaled = number.setScale(Math.max(0, number.scale()), RoundingMode.UNNECESSARY);
    long mantissa = unscaled.unscaledValue().longValue();
    if (Math.abs(mantissa) > LARGEST || unscaled.scale() > Byte.MAX_VALUE) {
      throw new IllegalArgumentException("a FLOAT holds at most 8388605 steps, not " + number);
    }
    return new Float32(-unscaled.scale() << MANTISSA_BITS | (int) mantissa & 0xFFFFFF);
  }

  /** What the bits stand for. */
  public Kind kind() {
    return switch (mantissa()) {
      case 0x7FFFFF -> Kind.NOT_A_NUMBER;
      case -0x800000 -> Kind.NOT_AT_THIS_RESOLUTION;
      case 0x7FFFFE -> Kind.PLUS_INFINITY;
      case -0x7FFFFE -> Kind.MINUS_INFINITY;
      default -> Kind.NUMBER;
    };
  }

  /** The number, if it is one. */
  public Optional<BigDecimal> number() {
    if (kind() != Kind.NUMBER) {
      return Optional.empty();
    }
    var number = BigDecimal.valueOf(mantissa(), -(raw >> MANTISSA_BITS));
    return Optional.of(number.scale() < 0 ? number.setScale(0) : number);
  }

  private int mantissa() {
    return raw << 8 >> 8;
  }
}
