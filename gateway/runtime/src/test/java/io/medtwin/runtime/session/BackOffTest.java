package io.medtwin.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackOffTest {

  /** Always the least that was asked for. */
  private static final RandomGenerator LEAST =
      new RandomGenerator() {
        @Override
        public long nextLong() {
          return 0;
        }

        @Override
        public long nextLong(long bound) {
          return 0;
        }
      };

  @Test
  void pausesDoubleUpToALimitAndNeverOverflow() {
    var backOff = new BackOff(LEAST);
    var pauses = new ArrayList<Duration>();
    for (int i = 0; i < 100; i++) {
      pauses.add(backOff.next());
    }

    assertThat(pauses.subList(0, 6))
        .isEqualTo(List.of(ms(250), ms(500), ms(1_000), ms(2_000), ms(4_000), ms(7_500)));
    assertThat(pauses.subList(6, 100)).containsOnly(ms(7_500));
    assertThat(backOff.attempts()).isEqualTo(100);
  }

  @Test
  void halfOfAPauseIsByChanceSoThatDevicesDoNotComeBackTogether() {
    var seen = new HashSet<Duration>();
    for (int seed = 0; seed < 50; seed++) {
      var pause = new BackOff(new Random(seed)).next();
      assertThat(pause).isBetween(ms(250), ms(500));
      seen.add(pause);
    }
    assertThat(seen).hasSizeGreaterThan(20);
  }

  @Test
  void successBeginsAgainWithTheShortestPause() {
    var backOff = new BackOff(LEAST);
    for (int i = 0; i < 5; i++) {
      var unused = backOff.next();
    }
    backOff.reset();

    assertThat(backOff.attempts()).isZero();
    assertThat(backOff.next()).isEqualTo(ms(250));
  }

  private static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }
}
