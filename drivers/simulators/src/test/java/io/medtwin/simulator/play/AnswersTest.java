package io.medtwin.simulator.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.testkit.Transcript;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AnswersTest {

  /** The short request is the end of each other one. */
  private static final String TALK =
      """
      < "hello\\r"
      > "VER\\r"
      < "v1"
      > "\\r"
      < "S" / "T"
      > "RAT\\r"
      < "15.00"
      > "\\r"
      < "I"
      > "OFF\\r"
      """;

  private final Answers answers = answers(TALK);

  @Test
  void eachRequestGetsTheAnswerThatComesNextAroundAndAround() {
    assertThat(hear("VER\r", "\r", "RAT\r", "\r", "\r", "\r", "VER\r", "\r"))
        .containsExactly("v1", "S", "T", "15.00", "I", "S", "T", "I", "v1", "S", "T");
    assertThat(answers.ignored()).isZero();
  }

  @Test
  void whatStandsThereWithoutAnswerIsMetWithSilence() {
    assertThat(hear("OFF\r", "VER\r")).containsExactly("v1");
  }

  @Test
  void whatNoConversationHoldsIsNeverAnsweredAndCounted() {
    assertThat(hear("RUN\r", "STP\r", "RATE\r")).isEmpty();
    assertThat(answers.ignored()).isEqualTo(13);
    assertThat(hear("RAT\r")).containsExactly("15.00");
  }

  @Test
  void aRequestThatIsNotWholeWaitsForItsRest() {
    assertThat(hear("V", "E", "R")).isEmpty();
    assertThat(hear("\r\r")).containsExactly("v1", "S", "T");
  }

  @Property(tries = 200)
  void piecesMakeNoDifference(
      @ForAll @Size(min = 1, max = 40) List<@IntRange(max = 2) Integer> asked) {
    var requests = List.of("VER\r", "\r", "RAT\r");
    var whole = answers(TALK);
    var pieced = answers(TALK);

    for (int one : asked) {
      var request = requests.get(one);
      var said = texts(whole.hear(bytes(request)));
      var piecewise =
          request.chars().mapToObj(c -> texts(pieced.hear(new byte[] {(byte) c}))).toList();
      assertThat(piecewise.getLast()).isEqualTo(said);
    }
  }

  private List<String> hear(String... pieces) {
    return List.of(pieces).stream()
        .flatMap(piece -> texts(answers.hear(bytes(piece))).stream())
        .toList();
  }

  private static Answers answers(String talk) {
    return new Answers(Conversation.of(List.of(Transcript.parse("talk", talk))));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static List<String> texts(List<byte[]> frames) {
    return frames.stream().map(frame -> new String(frame, StandardCharsets.US_ASCII)).toList();
  }
}
