package io.medtwin.driver.noninoem3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Samples;
import io.medtwin.spi.transport.BufferedStreamLink;
import io.medtwin.spi.transport.ByteWire;
import io.medtwin.testkit.RecordingSession;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another driver takes over in the midst of a packet: what this one held is still in the link. */
class NoninHandOverTest {

  private static final Path CAPTURE = Path.of("src/test/resources/captures/nonin-oem3-format2.bin");

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 64, 124, 125, 126, 130, 199, 300})
  void noFrameIsLostOrToldTwice(int bytesBefore) throws Exception {
    var capture = Files.readAllBytes(CAPTURE);
    var alone = new RecordingSession(Map.of());
    run(new Line(capture, Integer.MAX_VALUE), alone, EOFException.class);

    var line = new Line(capture, bytesBefore);
    var link = new BufferedStreamLink(line, LinkKind.SERIAL, "line");
    var first = new RecordingSession(Map.of());
    var second = new RecordingSession(Map.of());
    run(link, first, InterruptedException.class);
    run(link, second, EOFException.class);

    assertThat(samples(first) + samples(second)).isEqualTo(samples(alone)).isPositive();
  }

  private static void run(Line line, RecordingSession session, Class<? extends Throwable> end) {
    run(new BufferedStreamLink(line, LinkKind.SERIAL, "line"), session, end);
  }

  private static void run(
      BufferedStreamLink link, RecordingSession session, Class<? extends Throwable> end) {
    assertThatExceptionOfType(end).isThrownBy(() -> new NoninOem3Driver().run(link, session));
  }

  private static int samples(RecordingSession session) {
    return session.readings("pleth").stream()
        .map(Reading::value)
        .mapToInt(value -> ((Samples) value).raw().remaining())
        .sum();
  }

  /** Gives its bytes one by one, and asks the reader to leave once, after so many. */
  private static final class Line implements ByteWire {
    private final ByteBuffer bytes;
    private final int before;
    private boolean asked;

    Line(byte[] bytes, int before) {
      this.bytes = ByteBuffer.wrap(bytes);
      this.before = before;
    }

    @Override
    public int read(ByteBuffer into, Duration atMost) throws InterruptedException {
      if (!asked && bytes.position() >= before) {
        asked = true;
        throw new InterruptedException();
      }
      if (!bytes.hasRemaining()) {
        return -1;
      }
      into.put(bytes.get());
      return 1;
    }

    @Override
    public void write(ByteBuffer toSend) throws IOException {
      throw new IOException("nothing is written here");
    }

    @Override
    public void close() {}
  }
}
