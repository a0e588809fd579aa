package io.medtwin.simulator.pump;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.driver.bbraunbcc.BccCodec;
import io.medtwin.driver.bbraunbcc.BccFrame;
import io.medtwin.driver.bbraunbcc.Decoded;
import io.medtwin.driver.bbraunbcc.Stuffing;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RackTalkTest {
  private static final RackSheet SHEET = RackSheet.of("Bed1", 2, 1);
  private final RackTalk talk = new RackTalk(SHEET);
  private final RackState rack = RackState.started(SHEET).at(Duration.ofMinutes(5));

  @Test
  void eachBlockWaitsForItsAckAndNakRepeatsIt() {
    var first = ask("Bed1", "MEM:GET");
    var repeated = say(BccCodec.NAK);
    var second = say(BccCodec.ACK);

    assertThat(first).singleElement().satisfies(block -> assertThat(block.last()).isFalse());
    assertThat(repeated).isEqualTo(first);
    assertThat(second).singleElement().satisfies(block -> assertThat(block.last()).isTrue());
    assertThat(say(BccCodec.ACK)).isEmpty();
  }

  @Test
  void aNewQuestionInsteadOfAnAckBeginsAnew() {
    var first = ask("Bed1", "MEM:GET");
    say(BccCodec.ACK);

    assertThat(ask("Bed1", "MEM:GET")).isEqualTo(first);
  }

  @Test
  void anyBedWillDoForTheFirstQuestionOnly() {
    assertThat(ask("1", "ADMIN:ALIVE")).extracting(BccFrame::bed).containsExactly("Bed1");
    assertThat(ask("1", "MEM:GET"))
        .singleElement()
        .satisfies(block -> assertThat(block.systemError()).contains(811));
  }

  @ParameterizedTest
  @ValueSource(strings = {"MEM:SET#11,INRT,99", "ADMIN:RESET", "START", "MEM:GETALL"})
  void nothingThatIsNoQuestionIsUnderstood(String request) {
    assertThat(ask("Bed1", request))
        .singleElement()
        .satisfies(block -> assertThat(block.systemError()).contains(68));
    assertThat(talk.ignored()).isEqualTo(1);
  }

  @Test
  void whatIsStuffedOtherwiseIsNotUnderstood() {
    var request = BccCodec.encode(new BccFrame("Bed1", "MEM:GET", true), Stuffing.OFF);

    assertThat(frames(talk.answers(ByteBuffer.wrap(request), rack)))
        .singleElement()
        .satisfies(block -> assertThat(block.systemError()).contains(68));
  }

  @Test
  void anEmptyRackSaysSo() {
    var empty = RackSheet.of("Bed1", 0, 1);
    var request = BccCodec.encode(new BccFrame("Bed1", "MEM:GET", true), Stuffing.ON);

    assertThat(
            frames(new RackTalk(empty).answers(ByteBuffer.wrap(request), RackState.started(empty))))
        .singleElement()
        .satisfies(block -> assertThat(block.systemError()).contains(11));
  }

  private List<BccFrame> ask(String bed, String request) {
    var bytes = BccCodec.encode(new BccFrame(bed, request, true), Stuffing.ON);
    return frames(talk.answers(ByteBuffer.wrap(bytes), rack));
  }

  private List<BccFrame> say(byte control) {
    return frames(talk.answers(ByteBuffer.wrap(new byte[] {control}), rack));
  }

  private static List<BccFrame> frames(List<byte[]> answers) {
    return answers.stream()
        .map(bytes -> ((Decoded.Accepted) BccCodec.decode(ByteBuffer.wrap(bytes))).frame())
        .toList();
  }
}
