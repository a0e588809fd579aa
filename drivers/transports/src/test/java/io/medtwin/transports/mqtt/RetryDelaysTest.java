package io.medtwin.transports.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RetryDelaysTest {

  private static final RandomGenerator NEVER_SHORTER = () -> 0;
  private final RetryDelays delays = new RetryDelays(Duration.ofSeconds(1), Duration.ofSeconds(60));

  @Test
  void waitsDoubleUpToTheLongest() {
    assertThat(delays.after(1, NEVER_SHORTER)).isEqualTo(Duration.ofSeconds(1));
    assertThat(delays.after(4, NEVER_SHORTER)).isEqualTo(Duration.ofSeconds(8));
    assertThat(delays.after(7, NEVER_SHORTER)).isEqualTo(Duration.ofSeconds(60));
    assertThat(delays.after(1_000_000, NEVER_SHORTER)).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void chanceShortensAWaitByHalfAtMost() {
    RandomGenerator chance = RandomGenerator.getDefault();
    for (int i = 0; i < 1000; i++) {
      assertThat(delays.after(3, chance)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
    }
  }
}
