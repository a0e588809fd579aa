package io.medtwin.simulator.pump;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.driver.alarisasena.AsenaCodec;
import io.medtwin.driver.alarisasena.AsenaFrame;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PumpTalkTest {
  private final PumpTalk talk = new PumpTalk(new PumpSheet("8002-51740", "NORADRENALINE", 5, 50));
  private final Infusion infusion = Infusion.started(5, 50).at(Duration.ofMinutes(12));

  @Test
  void aStatusPollGetsTheFourteenFields() {
    assertThat(ask("!INF|4961\r"))
        .containsExactly(
            "!INF^8002-51740^-^SET^5.00^ml/h^NORADRENALINE^1.000^ml^42^mmHg^09:48:00^EVENT^1|"
                + crc(
                    "INF^8002-51740^-^SET^5.00^ml/h^NORADRENALINE^1.000^ml^42^mmHg^09:48:00^EVENT^1")
                + "\r");
  }

  @Test
  void requestsMayComeInPiecesAndAfterNoise() {
    assertThat(ask("\u0000xx!IN!INST_SER")).isEmpty();
    assertThat(ask("IALNO|457D\r"))
        .singleElement()
        .asString()
        .startsWith("!INST_SERIALNO^8002-51740|");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INF_START",
        "INF_STOP",
        "INF_RATE^99.9^ml/h",
        "INF_BOLUS^ENABLED",
        "INF_VTBI^ACTIV^10.000^ml^STOP",
        "INF_VI_CLEAR",
        "REMOTE_CTRL^ENABLED^3CC1",
        "NO_SUCH_THING"
      })
  void nothingThatWouldChangeTheInfusionIsAnswered(String body) {
    var frame = new AsenaFrame(List.of(body.split("\\^")));

    assertThat(talk.answers(ByteBuffer.wrap(AsenaCodec.encode(frame)), infusion)).isEmpty();
    assertThat(talk.ignored()).isEqualTo(1);
  }

  @Test
  void aWrongChecksumIsNotAnswered() {
    assertThat(ask("!INF|4962\r")).isEmpty();
    assertThat(ask("!INF|4961\r")).hasSize(1);
  }

  private List<String> ask(String bytes) {
    return talk.answers(ByteBuffer.wrap(bytes.getBytes(US_ASCII)), infusion).stream()
        .map(answer -> new String(answer, US_ASCII))
        .toList();
  }

  private static String crc(String body) {
    return String.format("%04X", AsenaCodec.crc16(ByteBuffer.wrap(body.getBytes(US_ASCII))));
  }
}
