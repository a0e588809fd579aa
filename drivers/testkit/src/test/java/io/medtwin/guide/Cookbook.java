package io.medtwin.guide;

import io.medtwin.spi.Absent;
import io.medtwin.spi.Absent.Reason;
import io.medtwin.spi.DeviceTime;
import io.medtwin.spi.Message;
import io.medtwin.spi.MessageLink;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Session;
import io.medtwin.spi.SilenceException;
import io.medtwin.spi.StreamLink;
import io.medtwin.spi.Value;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** The recipes of the drivers' manual, which shows these very lines. */
final class Cookbook {

  private Cookbook() {}

  /** CRC-16/CCITT-FALSE of what is left in the buffer: polynomial 0x1021, begins with 0xFFFF. */
  static int crc16(ByteBuffer bytes) {
    int crc = 0xFFFF;
    for (int i = bytes.position(); i < bytes.limit(); i++) {
      crc ^= Byte.toUnsignedInt(bytes.get(i)) << 8;
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        crc = (crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1;
      }
    }
    return crc & 0xFFFF;
  }

  /** What stands in a frame whose bytes 7D 5E and 7D 5D stand for 7E and 7D; empty if none. */
  static Optional<ByteBuffer> unescaped(ByteBuffer frame) {
    var plain = ByteBuffer.allocate(frame.remaining());
    while (frame.hasRemaining()) {
      byte next = frame.get();
      if (next == 0x7D) {
        if (!frame.hasRemaining()) {
          return Optional.empty(); // an escape of nothing: the frame is damaged
        }
        next = (byte) (frame.get() ^ 0x20);
      }
      plain.put(next);
    }
    return Optional.of(plain.flip());
  }

  /** IEEE 11073-20601 SFLOAT: four bits of exponent, twelve of mantissa, both with a sign. */
  static Value sfloat(int raw, String unit) {
    return switch (raw) {
      case 0x07FF -> new Absent(Reason.NOT_A_NUMBER);
      case 0x0800 -> new Absent(Reason.NOT_AT_THIS_RESOLUTION);
      case 0x07FE -> new Absent(Reason.OVERFLOW);
      case 0x0802 -> new Absent(Reason.UNDERFLOW);
      case 0x0801 -> new Absent(Reason.INVALID); // reserved
      default -> {
        int exponent = (short) raw >> 12;
        int mantissa = (raw << 20) >> 20;
        yield new Numeric(BigDecimal.valueOf(mantissa, -exponent), unit);
      }
    };
  }

  /** Waits until the session is that old; what comes meanwhile was not asked for. */
  static void pauseUntil(Duration age, StreamLink link, Session session)
      throws IOException, InterruptedException {
    while (true) {
      var left = age.minus(session.elapsed());
      if (left.isNegative() || left.isZero()) {
        return;
      }
      try {
        link.peek(1, left);
      } catch (SilenceException nothingCame) {
        return;
      }
      int waiting = link.available();
      link.peek(waiting, left);
      link.skip(waiting);
      session.discard("not asked for", waiting);
    }
  }

  /** One notification of a device that is observed, or one message of many devices behind a hub. */
  static void take(MessageLink link, Session session) throws IOException, InterruptedException {
    Message message;
    try {
      message = link.receive(Duration.ofMinutes(1));
    } catch (SilenceException silence) {
      return; // behind a hub silence is normal; a device that speaks each second is lost
    }
    var device = message.device();
    var text = new String(message.bytes(), StandardCharsets.US_ASCII);
    if (device == null || !text.matches("\\d{1,3}")) {
      link.refuse(MessageLink.Refusal.MALFORMED, "expected a number of up to three digits");
      return;
    }
    session.device(device).emit(Reading.of("pulse-rate", Numeric.of(text, "/min")));
  }

  /** A reading with the time of a device that counts 1/128 s since it was switched on. */
  static Reading timed(Reading reading, long ticks) {
    return reading.at(new DeviceTime.Ticks(ticks, Duration.ofNanos(7_812_500)));
  }
}
