package io.medtwin.testkit;

import io.medtwin.spi.Absent;
import io.medtwin.spi.DriverDescriptor;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Session;
import io.medtwin.spi.SilenceException;
import io.medtwin.spi.StreamDriver;
import io.medtwin.spi.StreamLink;
import io.medtwin.spi.Value;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The driver of the sample protocol {@code 02 spo2 pulse sum}, sound or with one defect. */
public final class PulseOximeterDriver implements StreamDriver {

  /** What is wrong with it. */
  enum Defect {
    NONE,
    FORBIDDEN_LINK,
    IGNORES_CHECKSUM,
    NEEDS_WHOLE_CHUNKS,
    LOSES_A_FRAME_TO_NOISE,
    HIDES_NOISE,
    THROWS_ON_NOISE,
    SHOUTS_NAMES,
    SENDS_SENTINELS,
    WRAPS_EXCEPTIONS,
    WAITS_FOR_EVER,
    SWALLOWS_INTERRUPTS,
    WRITES_COMMANDS,
    SPEAKS_EARLY
  }

  private static final int FRAME_BYTES = 4;
  private static final int SENSOR_OFF = 0x7F;
  private static final Duration SILENCE_LIMIT = Duration.ofSeconds(5);

  private final Defect defect;

  /** Sound. */
  public PulseOximeterDriver() {
    this(Defect.NONE);
  }

  PulseOximeterDriver(Defect defect) {
    this.defect = defect;
  }

  @Override
  public DriverDescriptor descriptor() {
    var link = defect == Defect.FORBIDDEN_LINK ? LinkKind.MQTT : LinkKind.SERIAL;
    return new DriverDescriptor(
        "pulse-oximeter", "1.0.0", "Sample pulse oximeter", Set.of(link), List.of());
  }

  @Override
  public void run(StreamLink link, Session session) throws IOException, InterruptedException {
    if (defect == Defect.WRITES_COMMANDS) {
      link.write(ByteBuffer.wrap(new byte[] {0x55}));
    }
    while (true) {
      try {
        step(link, session);
      } catch (SilenceException silence) {
        if (defect != Defect.WAITS_FOR_EVER) {
          throw silence;
        }
      } catch (IOException lost) {
        throw defect == Defect.WRAPS_EXCEPTIONS ? new IOException("no link", lost) : lost;
      } catch (InterruptedException stop) {
        if (defect == Defect.SWALLOWS_INTERRUPTS) {
          return;
        }
        throw stop;
      }
    }
  }

  private void step(StreamLink link, Session session) throws IOException, InterruptedException {
    if (defect == Defect.SPEAKS_EARLY) {
      byte spo2 = link.peek(2, SILENCE_LIMIT).get(1);
      session.emit(Reading.of("spo2", value(spo2, "%")));
    }
    var bytes = link.peek(FRAME_BYTES, SILENCE_LIMIT);
    if (defect == Defect.NEEDS_WHOLE_CHUNKS && link.available() % FRAME_BYTES != 0) {
      link.skip(FRAME_BYTES);
      return;
    }
    if (!isFrame(bytes)) {
      if (defect == Defect.THROWS_ON_NOISE) {
        throw new IllegalStateException("no frame");
      }
      int lost = defect == Defect.LOSES_A_FRAME_TO_NOISE ? FRAME_BYTES : 1;
      link.skip(lost);
      session.discard("no frame here", defect == Defect.HIDES_NOISE ? 0 : lost);
      return;
    }
    link.skip(FRAME_BYTES);
    boolean shouts = defect == Defect.SHOUTS_NAMES;
    session.emit(Reading.of(shouts ? "SpO2" : "spo2", value(bytes.get(1), "%")));
    session.emit(Reading.of("pulse-rate", value(bytes.get(2), "/min")));
  }

  private boolean isFrame(ByteBuffer bytes) {
    int sum = bytes.get(0) + bytes.get(1) + bytes.get(2);
    return bytes.get(0) == 0x02
        && (defect == Defect.IGNORES_CHECKSUM || (byte) sum == bytes.get(3));
  }

  private Value value(byte raw, String unit) {
    return raw == SENSOR_OFF && defect != Defect.SENDS_SENTINELS
        ? new Absent(Absent.Reason.SENSOR_OFF)
        : Numeric.of(Byte.toUnsignedInt(raw), unit);
  }
}
