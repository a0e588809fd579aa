package io.medtwin.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackOffTest {

  private final BackOff backOff = new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(60));

  @Test
  void delaysDoubleFromTheShortestToTheLongest() {
    assertThat(backOff.delay(1, 0.999_999_999)).isCloseTo(Duration.ofSeconds(1), NEARLY);
    assertThat(backOff.delay(4, 0.999_999_999)).isCloseTo(Duration.ofSeconds(8), NEARLY);
    assertThat(backOff.delay(7, 0.999_999_999)).isCloseTo(Duration.ofSeconds(60), NEARLY);
    assertThat(backOff.delay(Integer.MAX_VALUE, 0.999_999_999))
        .isCloseTo(Duration.ofSeconds(60), NEARLY);
  }

  @Test
  void halfOfADelayIsAtRandom() {
    assertThat(backOff.delay(7, 0)).isEqualTo(Duration.ofSeconds(30));
    assertThat(backOff.delay(7, 0.5)).isEqualTo(Duration.ofSeconds(45));
  }

  @Test
  void noDelayIsShorterThanTheShortest() {
    assertThat(backOff.delay(1, 0)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void delaysThatCannotBeAreRefused() {
    assertThatThrownBy(() -> new BackOff(Duration.ZERO, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BackOff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static final Duration NEARLY = Duration.ofMillis(1);

  @Test
  void aServerThatIsBackIsFoundWithinASecondHoweverLongItWasGone() {
    assertThat(BackOff.DEFAULT.delay(1_000, 0.999)).isLessThanOrEqualTo(Duration.ofSeconds(1));
    assertThat(BackOff.DEFAULT.delay(1_000, 0)).isGreaterThanOrEqualTo(Duration.ofMillis(500));
  }
}
