package io.medtwin.driver.ivy450c;

import io.medtwin.driver.ivy450c.AnsarBMessage.Wave;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Optional;

/**
 * Bytes to {@link AnsarBMessage}s and back:
 *
 * <pre>
 * FF "ANSAR-B " 200 ECG, 50 respiration, 50 pleth, 50 pressure 1, 50 pressure 2 { line CR } FE
 * </pre>
 *
 * There is no checksum, so a message must fit in every other way: FFh nowhere inside, the text
 * beginning where it must. Source: mdpnp {@code DemoIvy450C.java} and its recorded stream (BSD-2).
 */
public final class AnsarBCodec {

  /** Name of the protocol, as every message begins with it. */
  public static final String PROTOCOL = "ANSAR-B";

  /** First byte of a message. */
  public static final int START = 0xFF;

  /** Last byte of a message. */
  public static final int END = 0xFE;

  /** Bytes of FFh and {@code "ANSAR-B "}. */
  public static final int HEADER_BYTES = 9;

  /** Bytes before the text. */
  public static final int TEXT_OFFSET = 409;

  /** Longest message accepted; those recorded have 562 bytes. */
  public static final int MAX_MESSAGE_BYTES = 2048;

  private static final byte[] HEADER = "\u00ffANSAR-B ".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] FIRST_LINE = "HR=".getBytes(StandardCharsets.US_ASCII);
  private static final byte LINE_END = '\r';

  private AnsarBCodec() {}

  /** Whether a message may begin here. */
  public static boolean isHeader(ByteBuffer bytes) {
    return bytes.remaining() >= HEADER_BYTES
        && bytes.slice(bytes.position(), HEADER_BYTES).equals(ByteBuffer.wrap(HEADER));
  }

  /**
   * The message as it goes over the line.
   *
   * @throws IllegalArgumentException longer than {@link #MAX_MESSAGE_BYTES}
   */
  public static byte[] encode(AnsarBMessage message) {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(HEADER);
    for (var wave : Wave.values()) {
      var counts = message.counts(wave);
      while (counts.hasRemaining()) {
        bytes.write(counts.get());
      }
    }
    for (var line : message.lines()) {
      bytes.writeBytes(line.toText().getBytes(StandardCharsets.US_ASCII));
      bytes.write(LINE_END);
    }
    bytes.write(END);
    if (bytes.size() > MAX_MESSAGE_BYTES) {
      throw new IllegalArgumentException(
          "a message has at most " + MAX_MESSAGE_BYTES + " bytes, not " + bytes.size());
    }
    return bytes.toByteArray();
  }

  /**
   * The message that the bytes from FFh to FEh, both included, carry; empty if they carry none.
   *
   * @param bytes left as they are
   */
  public static Optional<AnsarBMessage> decode(ByteBuffer bytes) {
    var message = bytes.slice();
    int end = message.limit() - 1;
    if (end < TEXT_OFFSET || !isHeader(message) || byteAt(message, end) != END) {
      return Optional.empty();
    }
    for (int i = 1; i < end; i++) {
      if (byteAt(message, i) >= END) {
        return Optional.empty();
      }
    }
    if (holds(message, FIRST_LINE, HEADER_BYTES, TEXT_OFFSET)) {
      return Optional.empty(); // text begins too early: bytes of the waves were lost
    }
    var lines = lines(message.slice(TEXT_OFFSET, end - TEXT_OFFSET));
    return lines.map(known -> new AnsarBMessage(waves(message), known));
  }

  private static EnumMap<Wave, IntBuffer> waves(ByteBuffer message) {
    var waves = new EnumMap<Wave, IntBuffer>(Wave.class);
    int from = HEADER_BYTES;
    for (var wave : Wave.values()) {
      var counts = new int[wave.count()];
      for (int i = 0; i < counts.length; i++) {
        counts[i] = byteAt(message, from + i);
      }
      waves.put(wave, IntBuffer.wrap(counts));
      from += wave.count();
    }
    return waves;
  }

  /** Lines of printable text, each closed by CR, the first one {@code NAME=}; or empty. */
  private static Optional<ArrayList<AnsarBLine>> lines(ByteBuffer text) {
    var lines = new ArrayList<AnsarBLine>();
    var line = new StringBuilder();
    while (text.hasRemaining()) {
      char character = (char) Byte.toUnsignedInt(text.get());
      if (character == LINE_END) {
        if (line.length() > 0) {
          lines.add(AnsarBLine.parse(line.toString()));
          line.setLength(0);
        }
      } else if (character >= ' ' && character <= '~') {
        line.append(character);
      } else {
        return Optional.empty();
      }
    }
    boolean whole = line.isEmpty() && (lines.isEmpty() || startsWithName(lines.getFirst()));
    return whole ? Optional.of(lines) : Optional.empty();
  }

  private static boolean startsWithName(AnsarBLine line) {
    return !line.fields().isEmpty()
        && line.name().chars().allMatch(c -> c >= 'A' && c <= 'Z' || c >= '0' && c <= '9')
        && !Character.isDigit(line.name().charAt(0));
  }

  private static boolean holds(ByteBuffer bytes, byte[] sought, int from, int to) {
    var needle = ByteBuffer.wrap(sought);
    for (int i = from; i < to; i++) {
      if (i + sought.length <= bytes.limit() && bytes.slice(i, sought.length).equals(needle)) {
        return true;
      }
    }
    return false;
  }

  private static int byteAt(ByteBuffer bytes, int index) {
    return Byte.toUnsignedInt(bytes.get(index));
  }
}
