package io.medtwin.driver.philipsintellivue.wire;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/** How fields lie one behind the other. What does not fit its length is nothing at all. */
final class Layout {

  private static final int MAX_TEXT_CHARS = 128;

  private Layout() {}

  /**
   * What a layout reads of exactly these bytes; empty if it needs more, leaves some, or finds what
   * cannot be.
   *
   * @param bytes left as they are
   */
  static <T> Optional<T> whole(ByteBuffer bytes, Function<ByteBuffer, T> layout) {
    var copy = bytes.slice();
    try {
      var read = layout.apply(copy);
      return copy.hasRemaining() ? Optional.empty() : Optional.of(read);
    } catch (BufferUnderflowException | IllegalArgumentException notOfThisLayout) {
      return Optional.empty();
    }
  }

  static int u8(ByteBuffer bytes) {
    return Byte.toUnsignedInt(bytes.get());
  }

  static int u16(ByteBuffer bytes) {
    return Short.toUnsignedInt(bytes.getShort());
  }

  static long u32(ByteBuffer bytes) {
    return Integer.toUnsignedLong(bytes.getInt());
  }

  /** The next {@code length} bytes, taken. */
  static ByteBuffer part(ByteBuffer bytes, int length) {
    if (length > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    var part = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    return part;
  }

  /** A length in 16 bits and so many bytes, taken. */
  static ByteBuffer counted(ByteBuffer bytes) {
    return part(bytes, u16(bytes));
  }

  /** Text of single bytes up to the first NUL, printable ASCII alone, at most 128 characters. */
  static String ascii(ByteBuffer bytes) {
    return printable(StandardCharsets.US_ASCII.decode(bytes).toString(), '~');
  }

  /** Text of double bytes up to the first NUL, without controls, at most 128 characters. */
  static String utf16(ByteBuffer bytes) {
    return printable(StandardCharsets.UTF_16BE.decode(bytes).toString(), '\uFFFC');
  }

  private static String printable(String padded, int highest) {
    int end = padded.indexOf('\0');
    var text = new StringBuilder();
    padded
        .substring(0, end < 0 ? padded.length() : end)
        .codePoints()
        .filter(c -> c >= ' ' && c <= highest && !Character.isISOControl(c))
        .limit(MAX_TEXT_CHARS)
        .forEach(text::appendCodePoint);
    return text.toString().strip();
  }
}
