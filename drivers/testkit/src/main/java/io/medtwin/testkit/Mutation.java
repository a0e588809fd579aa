package io.medtwin.testkit;

import java.util.Arrays;
import java.util.SplittableRandom;

/** One damage of some bytes, by chance. */
final class Mutation {

  /** Beyond this nothing more is put in. */
  private static final int BYTES_MAX = 8_192;

  private static final int PIECE_MAX = 16;
  private static final byte[] EDGES = {
    0,
    1,
    2,
    3,
    0x0A,
    0x0D,
    0x10,
    0x1B,
    '-',
    '.',
    '0',
    '9',
    ',',
    '"',
    '{',
    '[',
    '|',
    '^',
    0x7E,
    0x7F,
    (byte) 0x80,
    (byte) 0xFE,
    (byte) 0xFF
  };
  private static final String[] NUMBERS = {
    "0",
    "-0",
    "-1",
    "1e9",
    "0.0000001",
    "255",
    "256",
    "32767",
    "32768",
    "65535",
    "65536",
    "2147483648",
    "99999999999999999999",
    "-",
    ".",
    "",
    "NaN",
    "1e999999999"
  };

  private final SplittableRandom random;

  Mutation(SplittableRandom random) {
    this.random = random;
  }

  /**
   * Those bytes with one damage.
   *
   * @param others where pieces are taken from
   */
  byte[] of(byte[] bytes, byte[] others) {
    if (bytes.length == 0) {
      return piece(others);
    }
    int at = random.nextInt(bytes.length);
    return switch (random.nextInt(11)) {
      case 0, 1 -> flipped(bytes, at);
      case 2 -> set(bytes, at, EDGES[random.nextInt(EDGES.length)]);
      case 3 -> set(bytes, at, (byte) random.nextInt());
      case 4 -> set(bytes, at, (byte) (bytes[at] + (random.nextBoolean() ? 1 : -1)));
      case 5 -> replaced(bytes, at, at + 1 + random.nextInt(PIECE_MAX), new byte[0]);
      case 6 -> replaced(bytes, at, at, piece(bytes));
      case 7 -> replaced(bytes, at, at, piece(others));
      case 8 -> number(bytes, at);
      case 9 -> Arrays.copyOf(bytes, at);
      default -> wide(bytes, at);
    };
  }

  private byte[] flipped(byte[] bytes, int at) {
    return set(bytes, at, (byte) (bytes[at] ^ 1 << random.nextInt(Byte.SIZE)));
  }

  private static byte[] set(byte[] bytes, int at, byte value) {
    var changed = bytes.clone();
    changed[at] = value;
    return changed;
  }

  /** The digits around a place become a number at the edge of something. */
  private byte[] number(byte[] bytes, int at) {
    int from = at;
    while (from < bytes.length && !isDigit(bytes[from])) {
      from++;
    }
    int to = from;
    while (to < bytes.length && isDigit(bytes[to])) {
      to++;
    }
    if (from == to) {
      return set(bytes, at, EDGES[random.nextInt(EDGES.length)]);
    }
    var number = NUMBERS[random.nextInt(NUMBERS.length)];
    return replaced(bytes, from, to, number.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  /** Two or four bytes at an edge of what they may count. */
  private byte[] wide(byte[] bytes, int at) {
    var changed = bytes.clone();
    int count = random.nextBoolean() ? 2 : 4;
    byte fill = random.nextBoolean() ? 0 : (byte) 0xFF;
    for (int i = at; i < Math.min(at + count, changed.length); i++) {
      changed[i] = fill;
    }
    if (random.nextBoolean()) {
      changed[at] ^= (byte) 0x80;
    }
    return changed;
  }

  private byte[] piece(byte[] bytes) {
    if (bytes.length == 0) {
      return new byte[] {(byte) random.nextInt()};
    }
    int from = random.nextInt(bytes.length);
    int to = Math.min(bytes.length, from + 1 + random.nextInt(PIECE_MAX));
    return Arrays.copyOfRange(bytes, from, to);
  }

  private static byte[] replaced(byte[] bytes, int from, int to, byte[] by) {
    int end = Math.min(to, bytes.length);
    if (bytes.length - (end - from) + by.length > BYTES_MAX && by.length > end - from) {
      return bytes;
    }
    var changed = new byte[from + by.length + bytes.length - end];
    System.arraycopy(bytes, 0, changed, 0, from);
    System.arraycopy(by, 0, changed, from, by.length);
    System.arraycopy(bytes, end, changed, from + by.length, bytes.length - end);
    return changed;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
