package io.medtwin.app.self;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.app.self.Health.Seen;
import io.medtwin.app.self.Health.State;
import java.time.Duration;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HealthTest {

  private static Seen seen(
      long up, boolean isReached, @Nullable Long sinceAcknowledged, long oldestPending) {
    return new Seen(
        Duration.ofSeconds(up),
        false,
        isReached,
        sinceAcknowledged == null ? null : Duration.ofSeconds(sinceAcknowledged),
        Duration.ofSeconds(oldestPending),
        0,
        0,
        OptionalDouble.empty(),
        OptionalDouble.empty());
  }

  @Test
  void anAcknowledgedTwinProvesThatItWorks() {
    assertThat(Health.of(seen(100, true, 9L, 1)))
        .isEqualTo(new Health(State.OK, java.util.List.of()));
  }

  @Test
  void aConnectionAloneProvesNothing() {
    assertThat(Health.of(seen(61, true, null, 0)).state()).isEqualTo(State.FAILING);
    assertThat(Health.of(seen(900, true, 61L, 0)).state()).isEqualTo(State.FAILING);
    assertThat(Health.of(seen(900, false, 1L, 0)).state()).isEqualTo(State.FAILING);
  }

  @Test
  void aStartMayTakeAMoment() {
    assertThat(Health.of(seen(3, false, null, 0)).state()).isEqualTo(State.DEGRADED);
    assertThat(Health.of(seen(16, false, null, 0)).state()).isEqualTo(State.FAILING);
  }

  @Test
  void everythingThatIsWrongIsSaidTheWorstFirstAndTheSameWhileItIsTheSame() {
    var bad =
        new Seen(
            Duration.ofHours(1),
            true,
            true,
            Duration.ofSeconds(5),
            Duration.ofSeconds(90),
            2,
            1,
            OptionalDouble.of(6.9),
            OptionalDouble.of(-3));
    var later =
        new Seen(
            Duration.ofHours(2),
            true,
            true,
            Duration.ofSeconds(8),
            Duration.ofSeconds(3_690),
            3,
            1,
            OptionalDouble.of(2),
            OptionalDouble.of(-4));

    assertThat(Health.of(bad).state()).isEqualTo(State.FAILING);
    assertThat(Health.of(bad).why())
        .containsExactly(
            "the journal cannot be written: what comes is in memory only",
            "reports wait for more than a minute",
            "Ditto does not let it write every twin",
            "plugins could not be loaded",
            "the disk will be full within a week",
            "a certificate has expired");
    assertThat(Health.of(later)).isEqualTo(Health.of(bad));
  }
}
