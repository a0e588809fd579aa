package io.medtwin.driver.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.spi.Absent;
import io.medtwin.spi.DeviceException;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Samples;
import io.medtwin.spi.StreamDriver;
import io.medtwin.spi.transport.BufferedStreamLink;
import io.medtwin.spi.transport.ByteWire;
import io.medtwin.testkit.RecordingSession;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What happens at the limits, and what no contract asks. */
class LimitsTest {

  private static final String FRAME =
      "0afa160002 %02x000000 02000000 00 03000000 04000000 100e 60410d 000b";

  @Test
  void aDeviceThatSpeaksSomethingElseIsLeft() {
    var session = new RecordingSession(ShippedProfile.settings("nellcor-ascii"));
    var babble = "hello, I am a printer\r\n".repeat(4000).getBytes(StandardCharsets.US_ASCII);

    assertThatThrownBy(() -> run(new AsciiLinesDriver(), session, babble))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("check line parameters");
    assertThat(session.reports()).isEmpty();
  }

  @Test
  void aLineLongerThanAllowedCostsItselfAndIsCounted() {
    var session = new RecordingSession(ShippedProfile.settings("nellcor-ascii"));
    var bytes = ("\r\n" + "9".repeat(1000) + "\r\n29-Dec-17 07:18:43 99 66 12\r\n");

    assertThatThrownBy(
            () -> run(new AsciiLinesDriver(), session, bytes.getBytes(StandardCharsets.US_ASCII)))
        .isInstanceOf(EOFException.class);
    assertThat(session.readings("spo2")).hasSize(1);
    assertThat(session.discarded()).containsKey("no line end within the longest line");
    assertThat(session.discardedBytes()).isEqualTo(1002);
  }

  /** In the middle of {@code V 197 %} the rest reads like another number. */
  @Test
  void theEndOfALineIsNoLine() {
    var session =
        new RecordingSession(Map.of("fields", "line any like=\"* %\"\nspo2 <- word 1 unit=%"));
    var bytes = "7 %\n98 %\n".getBytes(StandardCharsets.US_ASCII);

    assertThatThrownBy(() -> run(new AsciiLinesDriver(), session, bytes))
        .isInstanceOf(EOFException.class);
    assertThat(session.readings("spo2")).containsExactly(Reading.of("spo2", Numeric.of(98, "%")));
    assertThat(session.discarded()).containsEntry("line whose beginning was not seen", 4);
  }

  @Test
  void aDateThatCannotBeDiscardsTheLine() {
    var session = new RecordingSession(ShippedProfile.settings("nellcor-ascii"));
    var bytes = "\r\n31-Feb-17 27:18:43 99 66 12\r\n".getBytes(StandardCharsets.US_ASCII);

    assertThatThrownBy(() -> run(new AsciiLinesDriver(), session, bytes))
        .isInstanceOf(EOFException.class);
    assertThat(session.reports()).isEmpty();
    assertThat(session.discarded()).containsKey("line whose time does not read");
  }

  @Test
  void samplesDoNotJoinOverALostFrame() {
    var session = new RecordingSession(ShippedProfile.settings("healthypi-openview"));
    var bytes = new ByteArrayOutputStream();
    frames(bytes, 1, 63);
    bytes.writeBytes(new byte[29]);
    frames(bytes, 5, 64);

    assertThatThrownBy(() -> run(new BinaryFramesDriver(), session, bytes.toByteArray()))
        .isInstanceOf(EOFException.class);
    var waves = session.readings("ecg");
    assertThat(waves).hasSize(1);
    assertThat(waves.getFirst().value())
        .isInstanceOfSatisfying(
            Samples.class, samples -> assertThat(samples.raw().get(0)).isEqualTo(5));
    assertThat(session.discarded()).containsKey("samples before a gap");
  }

  @Test
  void aNumberWhoseUnitIsMissingIsQuestionableAndOneThatDoesNotReadIsAbsent() {
    var session =
        new RecordingSession(
            Map.of(
                "fields",
                """
                line any like="V *"
                volume <- word 2 unit=word:3 units=ul:uL
                """));
    var bytes = "\nV 1.5 ul\nV 1.5\nV 1.x5 ul\n".getBytes(StandardCharsets.US_ASCII);

    assertThatThrownBy(() -> run(new AsciiLinesDriver(), session, bytes))
        .isInstanceOf(EOFException.class);
    assertThat(session.readings("volume"))
        .containsExactly(
            Reading.of("volume", Numeric.of("1.5", "uL")),
            Reading.of("volume", Numeric.of("1.5", "1")).with(Reading.Flag.QUESTIONABLE),
            Reading.of("volume", new Absent(Absent.Reason.INVALID)));
  }

  private static void frames(ByteArrayOutputStream bytes, int ecg, int count) {
    var frame = HexFormat.of().parseHex(FRAME.formatted(ecg).replace(" ", ""));
    for (int i = 0; i < count; i++) {
      bytes.writeBytes(frame);
    }
  }

  private static void run(StreamDriver driver, RecordingSession session, byte[] bytes)
      throws Exception {
    driver.run(new BufferedStreamLink(new ClosingWire(bytes), LinkKind.SERIAL, "bytes"), session);
  }

  /** Bytes, then the other side closes. */
  private static final class ClosingWire implements ByteWire {

    private final ByteBuffer bytes;

    ClosingWire(byte[] bytes) {
      this.bytes = ByteBuffer.wrap(bytes);
    }

    @Override
    public int read(ByteBuffer into, Duration atMost) {
      if (!bytes.hasRemaining()) {
        return -1;
      }
      int count = Math.min(into.remaining(), bytes.remaining());
      into.put(bytes.slice().limit(count));
      bytes.position(bytes.position() + count);
      return count;
    }

    @Override
    public void write(ByteBuffer request) {
      throw new AssertionError("nothing is to be written");
    }

    @Override
    public void close() {}
  }
}
