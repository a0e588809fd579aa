package io.medtwin.driver.philipsintellivue.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A message on RS-232:
 *
 * <pre>
 * C0 | esc( 11 01 length16 payload fcs-low fcs-high ) | C1     esc: C0, C1, 7D -> 7D, byte xor 20h
 * </pre>
 *
 * The FCS is the CRC-16 of X.25 (8408h reflected, initial FFFFh, complemented) over header and
 * payload before escaping; of {@code 123456789} it is 906Eh. Unescaped C0 and C1 stand at the ends
 * alone, so a frame after any noise is found.
 */
public final class SerialFrame {

  /** First byte of a frame. */
  public static final int START = 0xC0;

  /** Last byte of a frame. */
  public static final int END = 0xC1;

  /** Longest frame in bytes: a payload of {@link Pdu#MAX_BYTES} of which each byte is escaped. */
  public static final int MAX_BYTES = 2 * (Pdu.MAX_BYTES + 6) + 2;

  private static final int ESCAPE = 0x7D;
  private static final int FLIP = 0x20;
  private static final int PROTOCOL = 0x1101;
  private static final int HEADER_BYTES = 4;
  private static final int FCS_BYTES = 2;
  private static final int POLYNOMIAL = 0x8408;

  private SerialFrame() {}

  /**
   * The frame around a payload.
   *
   * @throws IllegalArgumentException longer than {@link Pdu#MAX_BYTES}
   */
  public static byte[] encode(byte[] payload) {
    if (payload.length > Pdu.MAX_BYTES) {
      throw new IllegalArgumentException("a message has at most " + Pdu.MAX_BYTES + " bytes");
    }
    var body = new WireWriter().u16(PROTOCOL).u16(payload.length).raw(payload).toBytes();
    int fcs = fcs(ByteBuffer.wrap(body));
    var frame = new ByteArrayOutputStream();
    frame.write(START);
    for (byte next : body) {
      escaped(frame, Byte.toUnsignedInt(next));
    }
    escaped(frame, fcs & 0xFF);
    escaped(frame, fcs >> 8);
    frame.write(END);
    return frame.toByteArray();
  }

  /**
   * The payload of the bytes from C0 to C1, both included; empty where escapes, length or FCS do
   * not fit.
   *
   * @param frame left as it is
   */
  public static Optional<ByteBuffer> decode(ByteBuffer frame) {
    int last = frame.limit() - 1;
    if (frame.remaining() < 2
        || Byte.toUnsignedInt(frame.get(frame.position())) != START
        || Byte.toUnsignedInt(frame.get(last)) != END) {
      return Optional.empty();
    }
    var body = new ByteArrayOutputStream();
    for (int i = frame.position() + 1; i < last; i++) {
      int next = Byte.toUnsignedInt(frame.get(i));
      if (next == ESCAPE) {
        i++;
        if (i == last) {
          return Optional.empty(); // 7D C1: the sender gave this frame up
        }
        next = Byte.toUnsignedInt(frame.get(i)) ^ FLIP;
      } else if (next == START || next == END) {
        return Optional.empty();
      }
      body.write(next);
    }
    return payload(ByteBuffer.wrap(body.toByteArray()));
  }

  private static Optional<ByteBuffer> payload(ByteBuffer body) {
    int payload = body.remaining() - HEADER_BYTES - FCS_BYTES;
    if (payload < 0
        || Short.toUnsignedInt(body.getShort(0)) != PROTOCOL
        || Short.toUnsignedInt(body.getShort(2)) != payload) {
      return Optional.empty();
    }
    int end = HEADER_BYTES + payload;
    int sent = Byte.toUnsignedInt(body.get(end)) | Byte.toUnsignedInt(body.get(end + 1)) << 8;
    return sent == fcs(body.slice(0, end))
        ? Optional.of(body.slice(HEADER_BYTES, payload))
        : Optional.empty();
  }

  /**
   * The FCS of the remaining bytes.
   *
   * @param bytes left as they are
   */
  static int fcs(ByteBuffer bytes) {
    int crc = 0xFFFF;
    for (int i = bytes.position(); i < bytes.limit(); i++) {
      crc ^= Byte.toUnsignedInt(bytes.get(i));
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ POLYNOMIAL;
      }
    }
    return ~crc & 0xFFFF;
  }

  private static void escaped(ByteArrayOutputStream frame, int next) {
    if (next == START || next == END || next == ESCAPE) {
      frame.write(ESCAPE);
      frame.write(next ^ FLIP);
    } else {
      frame.write(next);
    }
  }
}
