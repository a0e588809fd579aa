package io.medtwin.driver.alarisasena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.spi.DeviceException;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.SilenceException;
import io.medtwin.spi.transport.BufferedStreamLink;
import io.medtwin.testkit.RecordingSession;
import io.medtwin.testkit.ScriptedByteWire;
import io.medtwin.testkit.ScriptedByteWire.Ending;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AsenaDialogueTest {

  private static final String STATUS =
      frame("INF", "1-2", "-", "SET", "1.00", "ml/h", "", "0", "ml", "5", "mmHg", "24+", "E", "7");
  private static final String SERIAL = frame("INST_SERIALNO", "1-2");

  private final RecordingSession session = new RecordingSession();
  private final List<String> asked = new ArrayList<>();

  @Test
  void anAnswerThatThePumpAbortsIsFollowedByTheOneThatCounts() throws Exception {
    var dialogue = answering("!INF^1-2^\u001b" + STATUS);

    assertThat(dialogue.require(AsenaPoll.INF, InfusionStatus::parse).serial()).isEqualTo("1-2");
    assertThat(asked).containsExactly("INF");
    assertThat(session.discarded()).containsKey(AsenaCodec.ABORTED);
  }

  @Test
  void aWrongChecksumIsAskedForOnceMore() throws Exception {
    var dialogue = answering(STATUS.replace("1.00", "9.00"), STATUS);

    assertThat(dialogue.require(AsenaPoll.INF, InfusionStatus::parse).rate()).isEqualTo("1.00");
    assertThat(asked).containsExactly("INF", "INF");
    assertThat(session.discarded()).containsKey(AsenaCodec.CHECKSUM);
  }

  @Test
  void twoFailuresGetBackIntoStepByTheSerialNumber() throws Exception {
    var dialogue = answering("", "", SERIAL, STATUS);

    assertThat(dialogue.require(AsenaPoll.INF, InfusionStatus::parse).serial()).isEqualTo("1-2");
    assertThat(asked).containsExactly("INF", "INF", "INST_SERIALNO", "INF");
  }

  @Test
  void anAnswerToAnotherRequestIsNotTaken() throws Exception {
    var dialogue = answering(SERIAL + STATUS);

    assertThat(dialogue.require(AsenaPoll.INF, InfusionStatus::parse).serial()).isEqualTo("1-2");
    assertThat(session.discarded()).containsEntry("answer to another request", SERIAL.length());
  }

  @Test
  void aLateAnswerDoesNotBecomeTheNextOne() throws Exception {
    var dialogue = answering(STATUS + STATUS.replace("|", "^|"), STATUS);

    dialogue.require(AsenaPoll.INF, InfusionStatus::parse);
    dialogue.require(AsenaPoll.INF, InfusionStatus::parse);

    assertThat(session.discarded()).containsKey("not asked for");
  }

  @Test
  void aPumpThatTalksWithoutAnsweringIsABrokenDialogue() {
    var dialogue = answering(SERIAL, "noise\r", "!|\r", "x");

    assertThatThrownBy(() -> dialogue.require(AsenaPoll.INF, InfusionStatus::parse))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("INF");
  }

  @Test
  void aSilentPumpIsASilence() {
    var dialogue = answering("", "", "", "");

    assertThatThrownBy(() -> dialogue.require(AsenaPoll.INF, InfusionStatus::parse))
        .isInstanceOf(SilenceException.class);
    assertThat(asked).containsExactly("INF", "INF", "INST_SERIALNO", "INST_SERIALNO");
  }

  @Test
  void aQuestionThatThePumpDoesNotKnowIsAskedTwiceAndLeft() throws Exception {
    var dialogue = answering("", "", STATUS);

    Optional<RateLimit> limit = dialogue.ask(AsenaPoll.INF_RATE_MAX_SYRINGE, RateLimit::parse);

    assertThat(limit).isEmpty();
    assertThat(dialogue.require(AsenaPoll.INF, InfusionStatus::parse).serial()).isEqualTo("1-2");
  }

  @Test
  void aPauseDropsWhatNobodyAskedFor() throws Exception {
    var wire = new ScriptedByteWire(Ending.SILENT).then(bytes("chatter"));
    var link = new BufferedStreamLink(wire, LinkKind.SERIAL, "pump");

    new AsenaDialogue(link, session).pauseUntil(Duration.ofDays(1));

    assertThat(link.available()).isZero();
    assertThat(session.discarded()).containsEntry("not asked for", 7);
  }

  private AsenaDialogue answering(String... answers) {
    Deque<String> left = new ArrayDeque<>(List.of(answers));
    var wire =
        new ScriptedByteWire(Ending.SILENT)
            .answering(
                request -> {
                  if (AsenaCodec.decode(ByteBuffer.wrap(request)) instanceof AsenaFrame frame) {
                    asked.add(frame.command());
                  }
                  return bytes(left.isEmpty() ? "" : left.remove()).array();
                });
    return new AsenaDialogue(new BufferedStreamLink(wire, LinkKind.SERIAL, "pump"), session);
  }

  private static String frame(String command, String... rest) {
    return new String(AsenaCodec.encode(AsenaFrame.of(command, rest)), StandardCharsets.US_ASCII);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
