package io.medtwin.driver.declared;

import java.nio.ByteBuffer;

/**
 * A cyclic redundancy check by its parameters, as in Ross Williams, "A painless guide to CRC error
 * detection algorithms" (1993), section 15; names and check values are those of Greg Cook's
 * catalogue of parametrised CRC algorithms.
 */
final class Crc {

  private final int width;
  private final long init;
  private final boolean reflectIn;
  private final boolean reflectOut;
  private final long xorOut;
  private final long mask;
  private final long[] table = new long[256];

  /**
   * @param width bits, 8 to 32
   * @param polynomial without its highest term, highest bit first
   */
  Crc(int width, long polynomial, long init, boolean reflectIn, boolean reflectOut, long xorOut) {
    this.width = width;
    this.init = init;
    this.reflectIn = reflectIn;
    this.reflectOut = reflectOut;
    this.xorOut = xorOut;
    this.mask = (1L << width) - 1;
    for (int octet = 0; octet < table.length; octet++) {
      long register = (long) octet << (width - 8);
      for (int bit = 0; bit < 8; bit++) {
        boolean top = (register >> (width - 1) & 1) != 0;
        register = (top ? register << 1 ^ polynomial : register << 1) & mask;
      }
      table[octet] = register;
    }
  }

  /** Of the octets from an index to before another. */
  long of(ByteBuffer octets, int from, int to) {
    long register = init;
    for (int i = from; i < to; i++) {
      int octet = Byte.toUnsignedInt(octets.get(i));
      int in = reflectIn ? Integer.reverse(octet) >>> 24 : octet;
      int index = (int) (register >> (width - 8) ^ in) & 0xFF;
      register = (register << 8 ^ table[index]) & mask;
    }
    long out = reflectOut ? Long.reverse(register) >>> (Long.SIZE - width) : register;
    return (out ^ xorOut) & mask;
  }
}
