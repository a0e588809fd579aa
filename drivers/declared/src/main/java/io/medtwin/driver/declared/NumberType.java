package io.medtwin.driver.declared;

import io.medtwin.spi.Absent.Reason;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;

/**
 * How octets stand for a number: {@code u8 i8}, {@code u16le i16be u24le i24be u32le i32be}, {@code
 * f32le f32be} of IEEE 754, {@code sfloat float} of IEEE 11073-20601 (least significant octet
 * first).
 */
enum NumberType {
  U8(1, true),
  I8(1, true),
  U16LE(2, true),
  U16BE(2, false),
  I16LE(2, true),
  I16BE(2, false),
  U24LE(3, true),
  U24BE(3, false),
  I24LE(3, true),
  I24BE(3, false),
  U32LE(4, true),
  U32BE(4, false),
  I32LE(4, true),
  I32BE(4, false),
  F32LE(4, true),
  F32BE(4, false),
  SFLOAT(2, true),
  FLOAT(4, true);

  private final int octets;
  private final boolean little;

  NumberType(int octets, boolean little) {
    this.octets = octets;
    this.little = little;
  }

  static Optional<NumberType> of(String word) {
    for (var type : values()) {
      if (type.name().toLowerCase(Locale.ROOT).equals(word)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** Octets it takes. */
  int octets() {
    return octets;
  }

  /** Whether it is an integer without sign, of which single bits can be picked. */
  boolean isUnsigned() {
    return name().startsWith("U");
  }

  /** Whether it is an integer that fits 32 bits with sign. */
  boolean isCount() {
    return this != U32LE && this != U32BE && ordinal() < F32LE.ordinal();
  }

  /** The number at an offset, of which all octets are there. */
  Raw at(ByteBuffer frame, int offset) {
    long bits = unsigned(frame, offset);
    return switch (this) {
      case SFLOAT -> medical((int) bits, 12, 4);
      case FLOAT -> medical((int) bits, 24, 8);
      case F32LE, F32BE -> single(Float.intBitsToFloat((int) bits));
      default -> {
        long value = name().startsWith("I") ? signed(bits) : bits;
        yield new Raw.Amount(BigDecimal.valueOf(value), bits);
      }
    };
  }

  /** An integer at an offset, without detour. */
  int countAt(ByteBuffer frame, int offset) {
    long bits = unsigned(frame, offset);
    return (int) (name().startsWith("I") ? signed(bits) : bits);
  }

  private long unsigned(ByteBuffer frame, int offset) {
    long bits = 0;
    for (int i = 0; i < octets; i++) {
      int index = little ? offset + octets - 1 - i : offset + i;
      bits = bits << 8 | Byte.toUnsignedInt(frame.get(frame.position() + index));
    }
    return bits;
  }

  private long signed(long bits) {
    int unused = Long.SIZE - octets * Byte.SIZE;
    return bits << unused >> unused;
  }

  private static Raw single(float value) {
    return Float.isFinite(value)
        ? new Raw.Amount(new BigDecimal(Float.toString(value)), 0)
        : new Raw.None(Reason.NOT_A_NUMBER);
  }

  /** Special words are compared whole, before mantissa and exponent are split. */
  private static Raw medical(int word, int mantissaBits, int exponentBits) {
    int top = 1 << (mantissaBits - 1);
    int whole = mantissaBits == 12 ? word & 0xFFFF : word;
    if (whole >= top - 2 && whole <= top + 2) {
      return new Raw.None(
          switch (whole - top) {
            case -2 -> Reason.OVERFLOW;
            case -1 -> Reason.NOT_A_NUMBER;
            case 0 -> Reason.NOT_AT_THIS_RESOLUTION;
            case 1 -> Reason.INVALID;
            default -> Reason.UNDERFLOW;
          });
    }
    int mantissa = word << (Integer.SIZE - mantissaBits) >> (Integer.SIZE - mantissaBits);
    int exponent =
        word << (Integer.SIZE - mantissaBits - exponentBits) >> (Integer.SIZE - exponentBits);
    if (Math.abs(exponent) > Decimals.MAX_EXPONENT) {
      return new Raw.None(Reason.INVALID);
    }
    return new Raw.Amount(BigDecimal.valueOf(mantissa, -exponent), 0);
  }
}
