package io.medtwin.spi;

import java.math.BigDecimal;

/**
 * A number with its unit, as sent: {@code 98.6 [degF]} stays so, and {@code 5.00} is not {@code 5}
 * (the scale is information).
 *
 * @param amount the number; not-a-number and infinities are {@link Absent} with a reason
 * @param unit the unit as the device wrote it; UCUM where the driver can tell; {@code "1"} for none
 */
public record Numeric(BigDecimal amount, String unit) implements Value {

  public Numeric {
    if (unit.isBlank()) {
      throw new IllegalArgumentException("a number needs a unit; \"1\" if it has none");
    }
  }

  /** A whole number. */
  public static Numeric of(long amount, String unit) {
    return new Numeric(BigDecimal.valueOf(amount), unit);
  }

  /**
   * A number as the device wrote it, scale kept.
   *
   * @throws NumberFormatException the text is no decimal number
   */
  public static Numeric of(String amount, String unit) {
    return new Numeric(new BigDecimal(amount), unit);
  }
}
