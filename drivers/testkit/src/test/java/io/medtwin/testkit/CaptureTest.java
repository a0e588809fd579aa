package io.medtwin.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Message;
import io.medtwin.testkit.CaptureEvent.Change;
import io.medtwin.testkit.Transcript.Arrival;
import io.medtwin.testkit.Transcript.FromDevice;
import io.medtwin.testkit.Transcript.ToDevice;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureTest {

  private static final CaptureHead HEAD =
      new CaptureHead(
          Instant.parse("2026-01-01T08:00:00.123Z"),
          LinkKind.SERIAL,
          "serial:/dev/ttyUSB0 9600 8N1",
          "acme",
          "1.0.0",
          List.of(new CaptureHead.Device("bed 1", "acme-t1", "1.2.0", "a/b", "Europe/Berlin")),
          Map.of("silenceLimit", "5s", "fields", "a <- $.b unit=%\n\"c\" # d"));

  @TempDir private Path folder;

  @Test
  void whatIsWrittenIsReadAgainWhateverTheBytesAre() throws IOException {
    var random = new Random(1);
    var events = new ArrayList<CaptureEvent>();
    long micros = 0;
    events.add(new CaptureEvent.Line(0, Change.OPENED, ""));
    for (int i = 0; i < 2_000; i++) {
      micros += random.nextInt(3) == 0 ? 0 : random.nextInt(2_000_000);
      var bytes = new byte[1 + random.nextInt(random.nextInt(20) == 0 ? 5_000 : 20)];
      random.nextBytes(bytes);
      if (random.nextBoolean()) {
        for (int at = 0; at < bytes.length; at++) {
          bytes[at] = (byte) "A\"\\#/<=\r\n\t x".charAt(random.nextInt(12));
        }
      }
      var content = ByteBuffer.wrap(bytes);
      var turn =
          switch (random.nextInt(3)) {
            case 0 -> new FromDevice(content);
            case 1 -> new ToDevice(content);
            default ->
                new Arrival(
                    new Message(
                        "ward #1/bed=2", "b 1", "a/b", Map.of("rssi", "-7 % \"#\""), content));
          };
      events.add(new CaptureEvent.Sent(micros, turn, random.nextInt(2) * 7));
    }
    events.add(new CaptureEvent.Lost(micros, 12));
    events.add(new CaptureEvent.Line(micros, Change.LOST, "connection reset"));
    events.add(new CaptureEvent.End(micros + 1));
    for (String name : List.of("x.cap", "x.cap.gz")) {
      var file = folder.resolve(name);
      try (var writer = CaptureWriter.create(file, HEAD)) {
        for (CaptureEvent event : events) {
          writer.write(event);
        }
      }
      try (var reader = CaptureReader.open(file)) {
        assertThat(reader.head()).isEqualTo(HEAD);
        assertThat(all(reader)).isEqualTo(events);
      }
    }
  }

  @Test
  void aCaptureIsATranscriptOfItsTurns() throws IOException {
    var out = new ByteArrayOutputStream();
    try (var writer = new CaptureWriter(out, HEAD)) {
      writer.write(new CaptureEvent.Line(0, Change.OPENED, ""));
      writer.write(
          new CaptureEvent.Sent(1, new FromDevice(ByteBuffer.wrap(new byte[3_000])), 2_000));
      writer.expect("reading spo2 97 %");
      writer.write(new CaptureEvent.Lost(2, 1));
      writer.write(new CaptureEvent.End(3));
    }
    var transcript = Transcript.parse("x", out.toString(StandardCharsets.UTF_8));
    assertThat(transcript.turns())
        .containsExactly(new FromDevice(ByteBuffer.wrap(new byte[3_000])));
    assertThat(transcript.expected()).containsExactly("reading spo2 97 %");
    assertThat(transcript.settings()).isEqualTo(HEAD.settings());
  }

  @Test
  void aTranscriptIsACaptureWithoutTimes() throws IOException {
    for (String folderName : List.of("acme-thermometer", "breath-sensor")) {
      for (Transcript transcript : Transcript.in(folderName).toList()) {
        var file =
            Path.of("src/test/resources", folderName, transcript.name() + Transcript.FILE_ENDING);
        try (var reader = CaptureReader.open(file)) {
          assertThat(reader.head().isOfCapture()).isFalse();
          assertThat(reader.head().settings()).isEqualTo(transcript.settings());
          assertThat(all(reader))
              .extracting(event -> ((CaptureEvent.Sent) event).turn())
              .isEqualTo(transcript.turns());
          assertThat(reader.takeExpected()).isEqualTo(transcript.expected());
        }
      }
    }
  }

  @Test
  void aLineThatIsNotOfTheFormIsNamed() {
    assertThatThrownBy(() -> all("capture 1\n< 02\nat 3\nat 2\n"))
        .hasMessage("x, line 4: expected a time that is not before the one above");
    assertThatThrownBy(() -> all("capture 2\n")).hasMessageContaining("line 1");
    assertThatThrownBy(() -> all("< 0\n")).hasMessageContaining("line 1: expected two hex digits");
    assertThatThrownBy(() -> all("+ 00\n")).hasMessageContaining("something to continue");
    assertThatThrownBy(() -> all("line torn\n")).hasMessageContaining("expected one of opened");
  }

  private static List<CaptureEvent> all(String text) throws IOException {
    var in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    try (var reader = new CaptureReader("x", in)) {
      return all(reader);
    }
  }

  private static List<CaptureEvent> all(CaptureReader reader) throws IOException {
    var events = new ArrayList<CaptureEvent>();
    for (var event = reader.next(); event != null; event = reader.next()) {
      events.add(event);
    }
    return events;
  }
}
