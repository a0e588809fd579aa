package io.medtwin.driver.declared;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A sum, an exclusive or or a CRC over octets.
 *
 * @param width bits of the result
 */
record Checksum(String kind, int width, Complement complement, Crc crc) {

  /** What is done to a sum before it is sent. */
  enum Complement {
    NO,
    ONES,
    TWOS
  }

  static final String KINDS =
      "sum8, sum16, xor8, crc8, crc16-xmodem, crc16-ccitt-false, crc16-kermit, crc16-mcrf4xx,"
          + " crc16-modbus, crc16-arc, crc32";

  private static final Crc NO_CRC = new Crc(8, 0, 0, false, false, 0);

  /** The checksum that a word and the options of its line say. */
  static Checksum parse(String kind, Entry entry) {
    var complement = Entry.word(Complement.class, entry.take("complement", "no"));
    return switch (kind) {
      case "sum8", "xor8" -> new Checksum(kind, 8, complement, NO_CRC);
      case "sum16" -> new Checksum(kind, 16, complement, NO_CRC);
      case "crc8" -> crc(entry, complement, 8, 0x07, 0, false, 0);
      case "crc16-xmodem" -> crc(entry, complement, 16, 0x1021, 0, false, 0);
      case "crc16-ccitt-false" -> crc(entry, complement, 16, 0x1021, 0xFFFF, false, 0);
      case "crc16-kermit" -> crc(entry, complement, 16, 0x1021, 0, true, 0);
      case "crc16-mcrf4xx" -> crc(entry, complement, 16, 0x1021, 0xFFFF, true, 0);
      case "crc16-modbus" -> crc(entry, complement, 16, 0x8005, 0xFFFF, true, 0);
      case "crc16-arc" -> crc(entry, complement, 16, 0x8005, 0, true, 0);
      case "crc32" -> crc(entry, complement, 32, 0x04C11DB7L, 0xFFFFFFFFL, true, 0xFFFFFFFFL);
      default -> throw Entry.problem("expected a checksum of " + KINDS + ", got \"" + kind + "\"");
    };
  }

  /** A CRC whose parameters may be said otherwise: {@code poly init refin refout xorout}. */
  private static Checksum crc(
      Entry entry,
      Complement complement,
      int width,
      long polynomial,
      long init,
      boolean reflected,
      long xorOut) {
    var in = entry.take("refin", reflected ? "yes" : "no", List.of("yes", "no"));
    var out = entry.take("refout", in, List.of("yes", "no"));
    var crc =
        new Crc(
            width,
            parameter(entry, "poly", polynomial, width),
            parameter(entry, "init", init, width),
            in.equals("yes"),
            out.equals("yes"),
            parameter(entry, "xorout", xorOut, width));
    return new Checksum("crc", width, complement, crc);
  }

  private static long parameter(Entry entry, String name, long otherwise, int width) {
    var number = entry.decimal(name);
    if (number == null) {
      return otherwise;
    }
    boolean fits =
        number.signum() >= 0 && number.scale() <= 0 && number.toBigInteger().bitLength() <= width;
    if (!fits) {
      throw Entry.problem("expected " + name + "= of at most " + width + " bits, got " + number);
    }
    return number.longValue();
  }

  /** Octets of the result. */
  int octets() {
    return width / Byte.SIZE;
  }

  /** Of the octets from an index to before another. */
  long of(ByteBuffer octets, int from, int to) {
    long plain =
        switch (kind) {
          case "crc" -> crc.of(octets, from, to);
          case "xor8" -> {
            long xor = 0;
            for (int i = from; i < to; i++) {
              xor ^= Byte.toUnsignedInt(octets.get(i));
            }
            yield xor;
          }
          default -> {
            long sum = 0;
            for (int i = from; i < to; i++) {
              sum += Byte.toUnsignedInt(octets.get(i));
            }
            yield sum;
          }
        };
    long mask = (1L << width) - 1;
    return switch (complement) {
      case NO -> plain & mask;
      case ONES -> ~plain & mask;
      case TWOS -> -plain & mask;
    };
  }
}
