package io.medtwin.driver.bbraunbcc;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to {@link BccFrame}s and back, the same in both directions:
 *
 * <pre>
 * SOH LLLLL STX bed "/1/1>" information ETX|ETB CCCCC EOT
 * </pre>
 *
 * {@code LLLLL} is the number of bytes from SOH to EOT, {@code CCCCC} the sum of those from SOH to
 * ETX or ETB modulo 256, five decimal digits each, both before {@link Stuffing}. Text is UTF-8.
 * Source: B. Braun BCC interface description, version 4 (BCC 3.25/3.26), and its telegrams.
 */
public final class BccCodec {

  /** First byte of a frame. */
  public static final byte SOH = 0x01;

  /** Last byte of a frame. */
  public static final byte EOT = 0x04;

  /** Taken: sent by the host for each block, fetches the next one. */
  public static final byte ACK = 0x06;

  /** Not understood: sent by the host, asks for the same block again. */
  public static final byte NAK = 0x15;

  /** Longest frame, in bytes on the wire. The protocol's own limit is 64 KiB. */
  public static final int MAX_FRAME_BYTES = 65_536;

  /** SOH, length and STX: what tells a frame from noise. */
  static final int HEAD_BYTES = 7;

  static final String NOT_A_FRAME = "not a frame";
  static final String LENGTH = "length";
  static final String CHECKSUM = "checksum";

  private static final byte STX = 0x02;
  private static final byte ETX = 0x03;
  private static final byte ETB = 0x17;
  private static final int DIGITS = 5;

  /** ETX, checksum and EOT. */
  private static final int TRAILER_BYTES = 7;

  private static final String ROUTE = "/1/1>";
  private static final int MIN_FRAME_BYTES = HEAD_BYTES + 1 + ROUTE.length() + TRAILER_BYTES;

  private BccCodec() {}

  /**
   * The frame as it goes over the line.
   *
   * @throws IllegalArgumentException longer than {@link #MAX_FRAME_BYTES}
   */
  public static byte[] encode(BccFrame frame, Stuffing stuffing) {
    var text = (frame.bed() + ROUTE + frame.information()).getBytes(StandardCharsets.UTF_8);
    int length = HEAD_BYTES + text.length + TRAILER_BYTES;
    var bytes = new ByteArrayOutputStream(length);
    bytes.write(SOH);
    bytes.writeBytes(digits(length));
    bytes.write(STX);
    bytes.writeBytes(text);
    bytes.write(frame.last() ? ETX : ETB);
    bytes.writeBytes(digits(sum(bytes.toByteArray(), bytes.size())));
    bytes.write(EOT);
    var wire = stuffing.apply(bytes.toByteArray());
    if (wire.length > MAX_FRAME_BYTES) {
      throw new IllegalArgumentException(
          "a frame has at most " + MAX_FRAME_BYTES + " bytes, not " + wire.length);
    }
    return wire;
  }

  /**
   * Judges the bytes from SOH to EOT, both included, stuffed and as they are: at most one can have
   * the length that the frame says, unless it holds none of the letters.
   *
   * @param bytes left as they are
   */
  public static Decoded decode(ByteBuffer bytes) {
    var wire = new byte[bytes.remaining()];
    bytes.duplicate().get(wire);
    var plain = judge(wire);
    var unstuffed = Stuffing.ON.undo(wire);
    var stuffed = unstuffed == null ? new Decoded.Rejected(LENGTH) : judge(unstuffed);
    if (plain instanceof Decoded.Accepted(var frame, var unused)) {
      boolean both = stuffed instanceof Decoded.Accepted;
      return new Decoded.Accepted(frame, both ? null : Stuffing.OFF);
    }
    if (stuffed instanceof Decoded.Accepted(var frame, var unused)) {
      return new Decoded.Accepted(frame, Stuffing.ON);
    }
    return plain.equals(new Decoded.Rejected(LENGTH)) ? stuffed : plain;
  }

  /**
   * The length that the head of a frame says, or -1 where these bytes are no head.
   *
   * @param head at least {@link #HEAD_BYTES}, left as they are
   */
  static int lengthFrom(ByteBuffer head) {
    int start = head.position();
    var digits = new byte[DIGITS];
    head.slice(start + 1, DIGITS).get(digits);
    int length = number(digits, 0);
    boolean isHead =
        head.get(start) == SOH && head.get(start + 1 + DIGITS) == STX && length >= MIN_FRAME_BYTES;
    return isHead && length <= MAX_FRAME_BYTES ? length : -1;
  }

  private static Decoded judge(byte[] frame) {
    int end = frame.length - TRAILER_BYTES;
    if (frame.length < MIN_FRAME_BYTES
        || frame[0] != SOH
        || frame[HEAD_BYTES - 1] != STX
        || frame[frame.length - 1] != EOT) {
      return new Decoded.Rejected(NOT_A_FRAME);
    }
    if (number(frame, 1) != frame.length || frame[end] != ETX && frame[end] != ETB) {
      return new Decoded.Rejected(LENGTH);
    }
    if (number(frame, end + 1) != sum(frame, end + 1)) {
      return new Decoded.Rejected(CHECKSUM);
    }
    var content = content(Arrays.copyOfRange(frame, HEAD_BYTES, end), frame[end] == ETX);
    return content == null
        ? new Decoded.Rejected(NOT_A_FRAME)
        : new Decoded.Accepted(content, Stuffing.OFF);
  }

  private static @Nullable BccFrame content(byte[] bytes, boolean last) {
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      int route = text.indexOf(ROUTE);
      return route < 0
          ? null
          : new BccFrame(text.substring(0, route), text.substring(route + ROUTE.length()), last);
    } catch (CharacterCodingException | IllegalArgumentException contentIsNoFrame) {
      return null;
    }
  }

  /** Sum of the first bytes, modulo 256. */
  private static int sum(byte[] bytes, int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      sum += Byte.toUnsignedInt(bytes[i]);
    }
    return sum & 0xFF;
  }

  private static byte[] digits(int number) {
    return String.format(Locale.ROOT, "%05d", number).getBytes(StandardCharsets.US_ASCII);
  }

  /** Five decimal digits, or -1. */
  private static int number(byte[] bytes, int from) {
    int value = 0;
    for (int i = from; i < from + DIGITS; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return -1;
      }
      value = value * 10 + bytes[i] - '0';
    }
    return value;
  }
}
