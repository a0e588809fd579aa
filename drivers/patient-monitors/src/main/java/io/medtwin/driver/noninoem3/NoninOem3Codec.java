package io.medtwin.driver.noninoem3;

import io.medtwin.driver.noninoem3.Format8Record.State;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Optional;

/**
 * Bytes to frames and records, and back.
 *
 * <pre>
 * format 2:  01 | status | pleth | entry | sum of the four mod 256              75 a second
 * format 7:  status | pleth high | pleth low | entry | sum of the four mod 256  75 a second
 * format 8:  1 states HR8 HR7 | 0 HR6..HR0 | 0 SpO2 | 0 states                  1 a second
 * </pre>
 *
 * Source: public OEM III format tables; pufferfish-software Nonin driver tests (Apache-2.0).
 */
public final class NoninOem3Codec {

  /** Bytes of a frame of formats 2 and 7. */
  public static final int FRAME_BYTES = 5;

  /** Bytes of a record of format 8. */
  public static final int RECORD_BYTES = 4;

  /** The two formats that carry a plethysmogram. */
  public enum PlethFormat {
    /** 8-bit samples. */
    FORMAT_2,
    /** 16-bit samples. */
    FORMAT_7
  }

  private static final int FORMAT_2_START = 0x01;
  private static final int NO_PULSE_RATE = 511;
  private static final int NO_SATURATION = 127;

  private NoninOem3Codec() {}

  /** The 125 bytes of a packet. */
  public static byte[] encodePacket(PlethFormat format, NoninPacket packet) {
    var bytes = ByteBuffer.allocate(NoninPacket.FRAMES * FRAME_BYTES);
    for (var frame : packet.frames()) {
      bytes.put(encodeFrame(format, frame));
    }
    return bytes.array();
  }

  /**
   * The five bytes of a frame.
   *
   * @throws IllegalArgumentException format 2 and a sample above 255
   */
  public static byte[] encodeFrame(PlethFormat format, PlethFrame frame) {
    var bytes = new byte[FRAME_BYTES];
    switch (format) {
      case FORMAT_2 -> {
        if (frame.pleth() > 0xFF) {
          throw new IllegalArgumentException("format 2 has samples to 255, got " + frame.pleth());
        }
        bytes[0] = FORMAT_2_START;
        bytes[1] = (byte) frame.status();
        bytes[2] = (byte) frame.pleth();
      }
      case FORMAT_7 -> {
        bytes[0] = (byte) frame.status();
        bytes[1] = (byte) (frame.pleth() >> 8);
        bytes[2] = (byte) frame.pleth();
      }
    }
    bytes[3] = (byte) frame.entry();
    bytes[4] = checksum(ByteBuffer.wrap(bytes));
    return bytes;
  }

  /**
   * The frame that five bytes carry; empty if start, status bit 7 or checksum is wrong.
   *
   * @param bytes five bytes from its position, left as they are
   */
  public static Optional<PlethFrame> decodeFrame(PlethFormat format, ByteBuffer bytes) {
    var five = bytes.slice(bytes.position(), FRAME_BYTES);
    int status = byteAt(five, format == PlethFormat.FORMAT_2 ? 1 : 0);
    boolean believable =
        (format == PlethFormat.FORMAT_7 || five.get(0) == FORMAT_2_START)
            && (status & PlethFrame.ALWAYS) != 0
            && five.get(4) == checksum(five);
    if (!believable) {
      return Optional.empty();
    }
    int pleth =
        switch (format) {
          case FORMAT_2 -> byteAt(five, 2);
          case FORMAT_7 -> byteAt(five, 1) << 8 | byteAt(five, 2);
        };
    return Optional.of(new PlethFrame(status, pleth, byteAt(five, 3)));
  }

  /** The four bytes of a record of format 8. */
  public static byte[] encodeFormat8(Format8Record record) {
    int pulseRate = record.pulseRate() == null ? NO_PULSE_RATE : record.pulseRate();
    int spo2 = record.spo2() == null ? NO_SATURATION : record.spo2();
    var bytes =
        new byte[] {
          (byte) (0x80 | pulseRate >> 7), (byte) (pulseRate & 0x7F), (byte) spo2, (byte) 0
        };
    for (var state : record.states()) {
      bytes[state.index()] |= (byte) state.bit();
    }
    return bytes;
  }

  /**
   * The record that four bytes of format 8 carry; empty if bit 7 is not set in the first and in the
   * first alone.
   *
   * @param bytes four bytes from its position, left as they are
   */
  public static Optional<Format8Record> decodeFormat8(ByteBuffer bytes) {
    var four = bytes.slice(bytes.position(), RECORD_BYTES);
    if (four.get(0) >= 0 || four.get(1) < 0 || four.get(2) < 0 || four.get(3) < 0) {
      return Optional.empty();
    }
    int pulseRate = (byteAt(four, 0) & 0x03) << 7 | byteAt(four, 1);
    int spo2 = byteAt(four, 2);
    var states = EnumSet.noneOf(State.class);
    for (var state : State.values()) {
      if ((four.get(state.index()) & state.bit()) != 0) {
        states.add(state);
      }
    }
    return Optional.of(
        new Format8Record(
            pulseRate == NO_PULSE_RATE ? null : pulseRate,
            spo2 == NO_SATURATION ? null : spo2,
            states));
  }

  private static byte checksum(ByteBuffer frame) {
    int sum = 0;
    for (int i = 0; i < FRAME_BYTES - 1; i++) {
      sum += frame.get(i);
    }
    return (byte) sum;
  }

  private static int byteAt(ByteBuffer bytes, int index) {
    return Byte.toUnsignedInt(bytes.get(index));
  }
}
