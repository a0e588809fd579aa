package io.medtwin.driver.alarisasena;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * Bytes to {@link AsenaFrame}s and back, the same in both directions:
 *
 * <pre>
 * '!' body '|' CCCC CR      body = field { '^' field }
 * </pre>
 *
 * {@code CCCC} is the CRC-16 of the body (polynomial 1021h, initial FFFFh, not reflected, no final
 * XOR) in four upper-case hex digits. Source: mdpnp {@code Asena.java} and public simulators of the
 * pump family; 31 frames found there recompute.
 */
public final class AsenaCodec {

  /** First byte of a frame. */
  public static final byte START = '!';

  /** Last byte of a frame: carriage return. */
  public static final byte END = '\r';

  /** Inside an answer: the pump aborted it. */
  public static final byte ESCAPE = 0x1B;

  /**
   * Longest frame accepted, in bytes. The longest known answer has some 90; a free drug name may
   * lengthen it.
   */
  public static final int MAX_FRAME_BYTES = 256;

  static final String NOT_A_FRAME = "not a frame";
  static final String ABORTED = "aborted by the pump (ESC)";
  static final String CHECKSUM = "checksum";

  /** Bytes behind the body: bar, four digits, carriage return. */
  private static final int TRAILER_BYTES = 6;

  private static final int POLYNOMIAL = 0x1021;
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private AsenaCodec() {}

  /**
   * The frame as it goes over the line.
   *
   * @throws IllegalArgumentException longer than {@link #MAX_FRAME_BYTES}
   */
  public static byte[] encode(AsenaFrame frame) {
    var body = String.join("^", frame.fields());
    int crc = crc16(ByteBuffer.wrap(body.getBytes(StandardCharsets.US_ASCII)));
    var bytes =
        ("!" + body + "|" + HEX.toHexDigits((short) crc) + "\r")
            .getBytes(StandardCharsets.US_ASCII);
    if (bytes.length > MAX_FRAME_BYTES) {
      throw new IllegalArgumentException(
          frame.command()
              + ": a frame has at most "
              + MAX_FRAME_BYTES
              + " bytes, not "
              + bytes.length);
    }
    return bytes;
  }

  /**
   * Judges the bytes from {@code !} to carriage return, both included: first the shape, then the
   * CRC, then the content.
   *
   * @param bytes left as they are
   */
  public static Decoded decode(ByteBuffer bytes) {
    int last = bytes.limit() - 1;
    int first = bytes.position();
    if (last - first < TRAILER_BYTES || bytes.get(first) != START || bytes.get(last) != END) {
      return new Decoded.Rejected(NOT_A_FRAME);
    }
    for (int i = first; i < last; i++) {
      if (bytes.get(i) == ESCAPE) {
        return new Decoded.Rejected(ABORTED);
      }
    }
    int bar = last - TRAILER_BYTES + 1;
    if (bytes.get(bar) != '|') {
      return new Decoded.Rejected(NOT_A_FRAME);
    }
    var body = bytes.slice(first + 1, bar - first - 1);
    int sent = hexDigits(bytes, bar + 1);
    if (sent < 0) {
      return new Decoded.Rejected(NOT_A_FRAME);
    }
    if (sent != crc16(body)) {
      return new Decoded.Rejected(CHECKSUM);
    }
    var fields = List.of(StandardCharsets.US_ASCII.decode(body).toString().split("\\^", -1));
    boolean wellFormed =
        !fields.getFirst().isBlank()
            && fields.stream().allMatch(f -> f.chars().allMatch(AsenaFrame::mayBeInField));
    return wellFormed ? new AsenaFrame(fields) : new Decoded.Rejected(NOT_A_FRAME);
  }

  /**
   * CRC-16 of the remaining bytes: polynomial 1021h, initial FFFFh, not reflected, no final XOR.
   * The check value of {@code 123456789} is 29B1h.
   *
   * @param bytes left as they are
   */
  public static int crc16(ByteBuffer bytes) {
    int crc = 0xFFFF;
    for (int i = bytes.position(); i < bytes.limit(); i++) {
      crc ^= Byte.toUnsignedInt(bytes.get(i)) << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ POLYNOMIAL;
      }
      crc &= 0xFFFF;
    }
    return crc;
  }

  /** Four upper-case hex digits at {@code from}, or -1. Lower case is not what the pump sends. */
  private static int hexDigits(ByteBuffer bytes, int from) {
    int value = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = bytes.get(i);
      if (!HexFormat.isHexDigit(digit) || digit >= 'a') {
        return -1;
      }
      value = value << 4 | HexFormat.fromHexDigit(digit);
    }
    return value;
  }
}
