package io.medtwin.testkit.broken;

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
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The driver of the sample protocol {@code 02 spo2 pulse sum}, sound or with one defect. Where it
 * is polled it asks for each frame with {@code 3f}.
 */
public final class PulseOximeterDriver implements StreamDriver {

  /** What is wrong with it. */
  public enum Defect {
    NONE,
    /** No defect: asks for each frame, as a polled device wants it. */
    POLLS,
    FORBIDDEN_LINK,
    REMEMBERS_THE_SESSION_BEFORE,
    NEEDS_WHOLE_CHUNKS,
    LOSES_A_FRAME_TO_NOISE,
    HIDES_NOISE,
    IGNORES_CHECKSUM,
    SHOUTS_NAMES,
    SENDS_SENTINELS,
    WRAPS_EXCEPTIONS,
    RETURNS_WHEN_THE_LINK_DIES,
    WAITS_FOR_EVER,
    SWALLOWS_INTERRUPTS,
    WRITES_COMMANDS,
    BELIEVES_A_CUT_FRAME,
    THROWS_ON_NOISE,
    GOES_ON_WHEN_STOPPED_IN_EMIT,
    HIDES_DEAD_WRITES,
    KEEPS_EVERY_FRAME,
    DIES_OF_A_FRAME_SENT_TWICE
  }

  private static final int FRAME_BYTES = 4;
  private static final int SENSOR_OFF = 0x7F;
  private static final int ASK = 0x3F;
  private static final Duration SILENCE_LIMIT = Duration.ofSeconds(5);
  private static final AtomicInteger SESSIONS = new AtomicInteger();
  private static final List<byte[]> KEPT = new ArrayList<>();

  private final Defect defect;
  private int before = -1;

  /** Sound. */
  public PulseOximeterDriver() {
    this(Defect.NONE);
  }

  /** With that defect. */
  public PulseOximeterDriver(Defect defect) {
    this.defect = defect;
  }

  /** Drops what the defects keep in static state. */
  public static void forget() {
    SESSIONS.set(0);
    KEPT.clear();
  }

  @Override
  public DriverDescriptor descriptor() {
    var link = defect == Defect.FORBIDDEN_LINK ? LinkKind.MQTT : LinkKind.SERIAL;
    return new DriverDescriptor(
        "pulse-oximeter", "1.0.0", "Sample pulse oximeter", Set.of(link), List.of());
  }

  @Override
  public void run(StreamLink link, Session session) throws IOException, InterruptedException {
    int sessions = SESSIONS.getAndIncrement();
    if (defect == Defect.REMEMBERS_THE_SESSION_BEFORE && sessions % 2 == 1) {
      session.emit(Reading.of("sessions", Numeric.of(sessions, "1")));
    }
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
        if (defect == Defect.RETURNS_WHEN_THE_LINK_DIES) {
          return;
        }
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
    ask(link);
    var bytes = frame(link, session);
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
    byte spo2 = bytes.get(1);
    byte pulse = bytes.get(2);
    link.skip(FRAME_BYTES);
    remember(spo2 << Byte.SIZE | pulse);
    say(spo2, pulse, session);
  }

  private void ask(StreamLink link) throws IOException {
    if (defect != Defect.POLLS && defect != Defect.HIDES_DEAD_WRITES) {
      return;
    }
    if (link.available() >= FRAME_BYTES) {
      return;
    }
    try {
      link.write(ByteBuffer.wrap(new byte[] {ASK}));
    } catch (IOException dead) {
      if (defect != Defect.HIDES_DEAD_WRITES) {
        throw dead;
      }
    }
  }

  private void remember(int frame) {
    if (defect == Defect.KEEPS_EVERY_FRAME) {
      KEPT.add(new byte[100]);
    }
    if (defect == Defect.DIES_OF_A_FRAME_SENT_TWICE && frame == before) {
      throw new ArithmeticException("no change between two frames");
    }
    before = frame;
  }

  private void say(byte spo2, byte pulse, Session session) throws InterruptedException {
    boolean shouts = defect == Defect.SHOUTS_NAMES;
    try {
      session.emit(Reading.of(shouts ? "SpO2" : "spo2", value(spo2, "%")));
      session.emit(Reading.of("pulse-rate", value(pulse, "/min")));
    } catch (InterruptedException stop) {
      if (defect != Defect.GOES_ON_WHEN_STOPPED_IN_EMIT) {
        throw stop;
      }
    }
  }

  private ByteBuffer frame(StreamLink link, Session session)
      throws IOException, InterruptedException {
    try {
      return link.peek(FRAME_BYTES, SILENCE_LIMIT);
    } catch (EOFException end) {
      if (defect == Defect.BELIEVES_A_CUT_FRAME && link.available() == FRAME_BYTES - 1) {
        var cut = link.peek(FRAME_BYTES - 1, SILENCE_LIMIT);
        if (cut.get(0) == 0x02) {
          session.emit(Reading.of("spo2", value(cut.get(1), "%")));
        }
      }
      throw end;
    }
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
