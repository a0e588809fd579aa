package io.medtwin.driver.bbraunbcc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.spi.DeviceException;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Report;
import io.medtwin.spi.Session;
import io.medtwin.spi.Setting;
import io.medtwin.spi.SilenceException;
import io.medtwin.spi.transport.BufferedStreamLink;
import io.medtwin.spi.transport.ByteWire;
import io.medtwin.testkit.RecordingSession;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** When the driver writes, and whom it speaks for. Waits are noted and pass at once. */
class BccPaceTest {

  private final RecordingSession session = new RecordingSession();

  @Test
  void aBlockIsAcknowledgedAfterATenthOfASecondAndTheNextQuestionWaitsItsTime() {
    var wire = new NotingWire(new Rack2(Stuffing.ON)::answer, 12);

    var paced = new RecordingSession(Map.of("pollPeriod", "60s"));
    run(wire, paced);

    assertThat(wire.noted)
        .startsWith(
            "ask ADMIN:ALIVE",
            "ask ADMIN:VERSION",
            "ask MEM:GET",
            "wait 0.1 s",
            "ack",
            "wait 0.1 s",
            "ack",
            "wait most of a minute",
            "ask MEM:GET");
    assertThat(paced.discardedBytes()).isZero();
  }

  @Test
  void betweenTwoQuestionsAreFiveTenthsAtLeast() {
    var wire = new NotingWire(new Rack2(Stuffing.ON)::answer, 20);

    run(wire, new RecordingSession(Map.of("pollPeriod", "500ms")));

    assertThat(wire.noted).contains("wait 0.5 s").doesNotContain("wait 0.4 s", "wait 0.3 s");
  }

  @Test
  void aComDeviceThatDoesNotStuffIsFoundOut() {
    var wire = new NotingWire(new Rack2(Stuffing.OFF)::answer, 8);

    run(wire, session);

    assertThat(session.devices()).containsKeys("50111", "50112");
  }

  @Test
  void twoPumpsOnALinkOfOneDeviceAreNeverToldAsOne() {
    var only = new SingleDevice();

    assertThatThrownBy(() -> start(new NotingWire(new Rack2(Stuffing.ON)::answer, 20), only))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("50111")
        .hasMessageContaining("50112");
    assertThat(only.reports).noneMatch(report -> report.toString().contains("SECOND"));
  }

  @Test
  void aComDeviceThatIsThereAndTellsNothingEndsTheSession() {
    var wire =
        new NotingWire(
            (request, asked) ->
                request.information().startsWith("MEM")
                    ? List.of()
                    : new Rack2(Stuffing.ON).answer(request, asked),
            100);

    assertThatThrownBy(() -> start(wire, session))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("MEM:GET");
    assertThat(wire.noted.stream().filter("ask MEM:GET"::equals)).hasSize(3);
  }

  @Test
  void aSilentLineIsASilence() {
    assertThatThrownBy(() -> start(new NotingWire((request, asked) -> List.of(), 100), session))
        .isInstanceOf(SilenceException.class);
  }

  private static void run(ByteWire wire, Session session) {
    assertThatThrownBy(() -> start(wire, session)).isInstanceOf(EOFException.class);
  }

  private static void start(ByteWire wire, Session session) throws Exception {
    new BBraunBccDriver().run(new BufferedStreamLink(wire, LinkKind.SERIAL, "rack"), session);
  }

  /** A ComDevice with two pumps. */
  private static final class Rack2 {
    private final Stuffing stuffing;

    Rack2(Stuffing stuffing) {
      this.stuffing = stuffing;
    }

    /** One that is set otherwise does not understand the question. */
    List<byte[]> answer(BccFrame request, Stuffing asked) {
      if (asked != stuffing) {
        return List.of();
      }
      return switch (request.information()) {
        case "ADMIN:ALIVE" -> List.of(block("5,50100,GNACK,0", true));
        case "ADMIN:VERSION" -> List.of(block("5,50100,V3.30", true));
        case "MEM:GET" ->
            List.of(block("6,50111,INRT,1.0", false), block("6,50112,INSOL,SECOND", true));
        default -> List.of();
      };
    }

    private byte[] block(String information, boolean last) {
      return BccCodec.encode(new BccFrame("Bed1", information, last), stuffing);
    }
  }

  /** Notes writes and waits; sends one block after each ACK; closes after a number of writes. */
  private static final class NotingWire implements ByteWire {
    private final List<String> noted = new ArrayList<>();
    private final BiFunction<BccFrame, Stuffing, List<byte[]>> device;
    private final List<byte[]> blocks = new ArrayList<>();
    private ByteBuffer ready = ByteBuffer.allocate(0);
    private int writesLeft;

    NotingWire(BiFunction<BccFrame, Stuffing, List<byte[]>> device, int writes) {
      this.device = device;
      this.writesLeft = writes;
    }

    @Override
    public int read(ByteBuffer into, Duration atMost) {
      if (ready.hasRemaining()) {
        int count = Math.min(ready.remaining(), into.remaining());
        into.put(ready.slice().limit(count));
        ready.position(ready.position() + count);
        return count;
      }
      if (writesLeft <= 0) {
        return -1;
      }
      if (atMost.toSeconds() >= 30) {
        noted.add("wait most of a minute");
      } else if (!atMost.equals(BccDialogue.SILENCE_LIMIT)) {
        noted.add("wait %.1f s".formatted(atMost.toMillis() / 1000.0));
      }
      return 0;
    }

    @Override
    public void write(ByteBuffer bytes) {
      writesLeft--;
      if (bytes.remaining() == 1) {
        noted.add(bytes.get() == BccCodec.ACK ? "ack" : "nak");
      } else if (BccCodec.decode(bytes) instanceof Decoded.Accepted(var frame, var stuffing)
          && stuffing != null) {
        noted.add("ask " + frame.information());
        blocks.clear();
        blocks.addAll(device.apply(frame, stuffing));
      }
      ready = ByteBuffer.wrap(blocks.isEmpty() ? new byte[0] : blocks.removeFirst());
    }

    @Override
    public void close() {}
  }

  /** The session of a link that was configured for one device: {@code device} is itself. */
  private static final class SingleDevice implements Session {
    private final List<Report> reports = new ArrayList<>();

    @Override
    public void emit(Report report) {
      reports.add(report);
    }

    @Override
    public void discard(String why, int bytes) {}

    @Override
    public <T> T setting(Setting<T> setting) {
      return setting.defaultValue();
    }

    @Override
    public Duration elapsed() {
      return Duration.ZERO;
    }

    @Override
    public Session device(String id) {
      return this;
    }
  }
}
