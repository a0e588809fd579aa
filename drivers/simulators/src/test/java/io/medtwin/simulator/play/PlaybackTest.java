package io.medtwin.simulator.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.simulator.sheet.Sheet;
import io.medtwin.testkit.Transcript;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlaybackTest {
  private static final Sheet SHEET =
      new Sheet(
          "acme-1",
          "acme",
          Map.of(),
          Map.of(),
          new Sheet.Maker("ACME", "1", "S-1"),
          Map.of(),
          List.of(
              new Sheet.Parameter(
                  "spo2",
                  Sheet.Kind.NUMERIC,
                  "%",
                  List.of(),
                  Duration.ofSeconds(2),
                  BigDecimal.ONE,
                  null,
                  null,
                  Sheet.Sent.PLAINLY)),
          Set.of());

  @Test
  void framesComeAtThePeriodOfWhatTheySay() {
    var playback = frames("< 01 / 02 / 03 / 04\n= reading spo2 97 %\n= reading spo2 98 %\n");

    assertThat(playback.ticksPerSecond()).isEqualTo(1); // 4 frames in 2 periods of 2 s
    assertThat(Stream.of(0, 1, 3, 4, 9).map(tick -> playback.at(tick)[0]))
        .containsExactly((byte) 1, (byte) 2, (byte) 4, (byte) 1, (byte) 2);
  }

  @Test
  void aWaveTellsThePaceBetterThanAPeriod() {
    assertThat(
            frames(
                    "< 01 / 02 / 03\n"
                        + "= reading spo2 97 %\n"
                        + "= reading pleth samples 25 at 75.0/s * 1.0 + 0.0 1: 1\n")
                .ticksPerSecond())
        .isEqualTo(9);
  }

  @Test
  void theConversationThatLostNothingTellsThePace() {
    assertThat(
            frames("< 01 / 02\n= reading spo2 97 %\n", "< 01 / 02 / 03\n= reading spo2 97 %\n")
                .ticksPerSecond())
        .isEqualTo(1);
  }

  @Test
  void whatTellsNothingComesEachSecond() {
    assertThat(frames("< 01 / 02\n").ticksPerSecond()).isEqualTo(1);
  }

  @Test
  void framesBehindARequestDoNotComeByThemselves() {
    var conversation = conversation("< 01\n> 05\n< 06\n", "> 07\n< 08\n");

    assertThat(conversation.frames()).containsExactly(new byte[] {1});
    assertThat(conversation.dialogue()).hasSize(4);
  }

  private static Playback<byte[]> frames(String... talks) {
    return Playback.ofFrames(conversation(talks), SHEET);
  }

  private static Conversation conversation(String... talks) {
    return Conversation.of(Stream.of(talks).map(talk -> Transcript.parse("talk", talk)).toList());
  }
}
