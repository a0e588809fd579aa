package io.medtwin.driver.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswersTest {

  private static final String ROW =
      "OBR|1\rOBX|1|NM|150456^MDC_PULS_OXIM_SAT_O2^MDC|1.1.1.1|97|%^^UCUM|||||R|||||||MON-1\r";

  /** MSH-15, MSH-16; answer when safe, when not safe, to another event, to a missing device. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-,  -,  AA,   AE,   AR,   AE",
        "AL, NE, CA,   CE,   CR,   CE",
        "AL, AL, CA,   CE,   CR,   CE",
        "NE, AL, AA,   AE,   AR,   AE",
        "-,  AL, AA,   AE,   AR,   AE",
        "ER, NE, none, CE,   CR,   CE",
        "SU, NE, CA,   none, none, none",
        "NE, SU, AA,   none, none, none",
        "NE, NE, none, none, none, none"
      })
  void theAnswerIsTheOneThatTheSenderAskedFor(
      String accept, String application, String safe, String later, String reject, String error)
      throws Exception {
    var modes =
        "|||"
            + Objects.requireNonNullElse(accept, "")
            + "|"
            + Objects.requireNonNullElse(application, "");

    var good = Spoken.of(header("R01", "7", modes) + ROW);
    var other = Spoken.of(header("R30", "7", modes) + ROW);
    var noDevice = Spoken.of(header("R01", "7", modes) + ROW.replace("MON-1", ""));

    assertThat(Spoken.code(good.link().replies())).isEqualTo(safe);
    assertThat(Spoken.code(good.link().repliesIfNotSafe())).isEqualTo(later);
    assertThat(refusal(other)).isEqualTo(reject);
    assertThat(refusal(noDevice)).isEqualTo(error);
    assertThat(other.lines()).isEmpty();
  }

  @Test
  void anAnswerNamesItsMessageExactlyAndTurnsSenderAndReceiver() throws Exception {
    var spoken = Spoken.of(header("R01", " odd\\T\\id ", "|||AL|NE||UNICODE UTF-8") + ROW);

    assertThat(Spoken.text(spoken.link().replies().get(0)))
        .startsWith("MSH|^~\\&|GATEWAY|WARD|RACK^1|ACME|20260304081500+0100||ACK^R01^ACK|")
        .contains("|P|2.6||||||UNICODE UTF-8\r")
        .endsWith("\rMSA|CA| odd\\T\\id \r");
  }

  @Test
  void theAnswerToAMessageThatIsNotSafeSaysSoInItsError() throws Exception {
    var spoken = Spoken.of(header("R01", "7", "|||AL|NE") + ROW);

    assertThat(Spoken.text(spoken.link().repliesIfNotSafe().get(0)))
        .endsWith("\rMSA|CE|7\rERR||MSH|207^Application internal error^HL70357|E\r");
  }

  @Test
  void aRefusalSaysWhereAndNeverWhat() throws Exception {
    var spoken = Spoken.of(header("R30", "7", "") + ROW);

    var refused = spoken.link().refusals().get(0);
    assertThat(Spoken.text(Objects.requireNonNull(refused.answer())))
        .endsWith("\rMSA|AR|7\rERR||MSH^1^9|201^Unsupported event code^HL70357|E\r");
    assertThat(refused.why()).isEqualTo("MSH-9: expected R01, R40 or R42");
  }

  @Test
  void theSameMessageHasTheSameAnswerWhenItComesAgain() throws Exception {
    var message = header("R01", "7", "|||AL|NE") + ROW;
    var other = header("R01", "8", "|||AL|NE") + ROW;

    var spoken = Spoken.of(message, message, other);

    var answers = spoken.link().replies().stream().map(Spoken::text).toList();
    assertThat(answers.get(0)).isEqualTo(answers.get(1)).isNotEqualTo(answers.get(2));
  }

  @Test
  void anAcknowledgementIsNeverAnswered() throws Exception {
    var spoken =
        Spoken.of("MSH|^~\\&|A|B|C|D|20260304081500||ACK^R01^ACK|X-8|P|2.6|||AL|AL\rMSA|CA|G-1\r");

    assertThat(spoken.link().replies()).isEmpty();
    assertThat(spoken.link().repliesIfNotSafe()).isEmpty();
    assertThat(spoken.link().refusals()).isEmpty();
  }

  private static String refusal(Spoken spoken) {
    var answer = spoken.link().refusals().get(0).answer();
    return Spoken.code(answer == null ? List.of() : List.of(answer));
  }

  private static String header(String trigger, String id, String more) {
    return "MSH|^~\\&|RACK^1|ACME|GATEWAY|WARD|20260304081500+0100||ORU^"
        + trigger
        + "|"
        + id
        + "|P|2.6"
        + more
        + "\r";
  }
}
