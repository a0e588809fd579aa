package io.medtwin.driver.gattvitals;

import java.math.BigDecimal;

/**
 * A number of IEEE 11073-20601: mantissa × 10^exponent, both two's complement, or one of five
 * special words. SFLOAT has 16 bits (exponent 4, mantissa 12), FLOAT 32 (exponent 8, mantissa 24).
 * The exponent is signed, never biased: {@code 0x8078} is 120 × 10⁻⁸. Special words are compared
 * whole, before splitting: {@code 0xF7FF} is 204.7, {@code 0x07FF} is "not a number".
 */
public sealed interface MedicalFloat {

  /** The words that stand for no number, with their 16-bit form. */
  enum Special implements MedicalFloat {
    NOT_A_NUMBER(0x07FF),
    NOT_AT_THIS_RESOLUTION(0x0800),
    POSITIVE_INFINITY(0x07FE),
    NEGATIVE_INFINITY(0x0802),
    /** Reserved for future use. */
    RESERVED(0x0801);

    private final int sfloat;

    Special(int sfloat) {
      this.sfloat = sfloat;
    }

    @Override
    public int toSfloat() {
      return sfloat;
    }

    @Override
    public int toFloat() {
      // The 32-bit words are the 16-bit ones with the mantissa's twelve more bits filled in.
      return sfloat >= 0x0800 ? sfloat - 0x0800 + 0x0080_0000 : sfloat - 0x07FF + 0x007F_FFFF;
    }
  }

  /**
   * A number; the exponent tells the precision the sensor claims ({@code 3760 × 10⁻²}).
   *
   * @param mantissa counts, −2^23 to 2^23−1
   * @param exponent power of ten, −128 to 127
   */
  record Finite(int mantissa, int exponent) implements MedicalFloat {

    public Finite {
      if (mantissa < -(1 << 23) || mantissa >= 1 << 23 || exponent < -128 || exponent > 127) {
        throw new IllegalArgumentException(
            "mantissa has 24 bits and exponent 8, got " + mantissa + " and " + exponent);
      }
    }

    /** The number with its scale: {@code 37.60}, not {@code 37.6}. */
    public BigDecimal value() {
      return BigDecimal.valueOf(mantissa, -exponent);
    }

    @Override
    public int toSfloat() {
      if (mantissa < -(1 << 11) || mantissa >= 1 << 11 || exponent < -8 || exponent > 7) {
        throw new IllegalArgumentException(this + " does not fit 12 bits and 4 bits of an SFLOAT");
      }
      return requireNumber(((exponent << 12) & 0xF000) | (mantissa & 0x0FFF), 0x07FE, 0x0802);
    }

    @Override
    public int toFloat() {
      return requireNumber((exponent << 24) | (mantissa & 0x00FF_FFFF), 0x007F_FFFE, 0x0080_0002);
    }

    private int requireNumber(int word, int firstSpecial, int lastSpecial) {
      if (word >= firstSpecial && word <= lastSpecial) {
        throw new IllegalArgumentException(this + " is the word of a special value");
      }
      return word;
    }
  }

  /**
   * The 16-bit word.
   *
   * @throws IllegalArgumentException the number does not fit
   */
  int toSfloat();

  /**
   * The 32-bit word.
   *
   * @throws IllegalArgumentException the number does not fit
   */
  int toFloat();

  /** The number that a 16-bit word stands for; higher bits are ignored. */
  static MedicalFloat ofSfloat(int word) {
    int raw = word & 0xFFFF;
    for (var special : Special.values()) {
      if (special.toSfloat() == raw) {
        return special;
      }
    }
    return new Finite(raw << 20 >> 20, raw << 16 >> 28);
  }

  /** The number that a 32-bit word stands for. */
  static MedicalFloat ofFloat(int word) {
    for (var special : Special.values()) {
      if (special.toFloat() == word) {
        return special;
      }
    }
    return new Finite(word << 8 >> 8, word >> 24);
  }

  /**
   * A number with the scale it is given.
   *
   * @throws ArithmeticException or IllegalArgumentException more digits than 24 bits hold
   */
  static MedicalFloat of(BigDecimal value) {
    return new Finite(value.unscaledValue().intValueExact(), Math.negateExact(value.scale()));
  }

  /** A decimal number, scale kept: {@code of("37.60")} is 3760 × 10⁻². */
  static MedicalFloat of(String decimal) {
    return of(new BigDecimal(decimal));
  }

  /** A whole number. */
  static MedicalFloat of(int value) {
    return new Finite(value, 0);
  }
}
