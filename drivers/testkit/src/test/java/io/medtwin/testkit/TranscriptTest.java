package io.medtwin.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.testkit.Transcript.Arrival;
import io.medtwin.testkit.Transcript.FromDevice;
import io.medtwin.testkit.Transcript.ToDevice;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TranscriptTest {

  @Test
  void hexAndQuotedTextBecomeFrames() {
    var transcript =
        Transcript.parse(
            "sample",
            """
            # a pump
            set pollPeriod 500ms
            > "!INF|4961\\r"      # "#" behind a blank starts a comment
            < 02 61 / "a#\\"" 0d
            + FF
            = reading spo2 97 %
            """);

    assertThat(transcript.settings()).containsEntry("pollPeriod", "500ms");
    assertThat(transcript.turns())
        .containsExactly(
            new ToDevice(bytes("!INF|4961\r")),
            new FromDevice(ByteBuffer.wrap(new byte[] {2, 0x61})),
            new FromDevice(ByteBuffer.wrap(new byte[] {'a', '#', '"', '\r', -1})));
    assertThat(transcript.expected()).containsExactly("reading spo2 97 %");
  }

  @Test
  void aMessageTakesTheBytesBehindIt() {
    var transcript =
        Transcript.parse(
            "sample", "message ward/1 device=b1 type=text/plain retained=true\n< \"hi\"\n+ 21\n");

    var message = ((Arrival) transcript.turns().get(0)).message();
    assertThat(message.device()).isEqualTo("b1");
    assertThat(message.contentType()).isEqualTo("text/plain");
    assertThat(message.attributes()).containsEntry("retained", "true");
    assertThat(message.payload()).isEqualTo(bytes("hi!"));
  }

  @Test
  void aLineThatIsNotOfTheFormatIsNamed() {
    for (var wrong : new String[] {"? 02", "< 0", "< \"open", "> 01 / 02", "+ 01", "< 0g"}) {
      assertThatThrownBy(() -> Transcript.parse("sample", "# one\n" + wrong))
          .as(wrong)
          .hasMessageStartingWith("sample, line 2: ");
    }
  }

  @Test
  void aFolderWithoutTranscriptsIsNamed() {
    assertThatThrownBy(() -> Transcript.in("no-such-folder"))
        .hasMessageContaining("no-such-folder");
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
