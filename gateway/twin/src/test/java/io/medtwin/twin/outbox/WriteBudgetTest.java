package io.medtwin.twin.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class WriteBudgetTest {

  private static final int MOST_IN_A_MILLISECOND = 100;
  private final WriteBudget budget = new WriteBudget();
  private final Instant start = Instant.parse("2026-02-19T08:00:00Z");

  /** A backend that takes so many commands in each whole second and answers at once. */
  private int refusedWithin(int perSecond, int fromMillis, int toMillis) {
    int refused = 0;
    int taken = 0;
    long second = -1;
    for (int millis = 0; millis < toMillis; millis++) {
      var now = start.plusMillis(millis);
      if (millis / 1_000 != second) {
        second = millis / 1_000;
        taken = 0;
      }
      for (int sent = 0; sent < MOST_IN_A_MILLISECOND && budget.allows(now); sent++) {
        budget.sent(now);
        if (taken < perSecond) {
          taken++;
          budget.good(now);
        } else {
          budget.busy(now, true);
          refused += millis >= fromMillis ? 1 : 0;
          break;
        }
      }
    }
    return refused;
  }

  @Test
  void aBackendThatTakesAHundredASecondRefusesNoneAfterTheFirst() {
    assertThat(refusedWithin(100, 1_000, 20_000)).isZero();
    assertThat(budget.rate()).isBetween(90.0, 100.0);
  }

  @Test
  void aBackendThatNeverRefusesIsNotLimited() {
    assertThat(refusedWithin(1_000_000_000, 0, 50)).isZero();
    assertThat(budget.rate()).isInfinite();
    assertThat(budget.limit()).isEqualTo(WriteBudget.MAX);
  }

  @Test
  void noAnswerHalvesWhatIsInFlightDownToOne() {
    for (int i = 0; i < 10; i++) {
      budget.sent(start);
      budget.busy(start, false);
    }

    assertThat(budget.limit()).isOne();
    assertThat(budget.inFlight()).isZero();
    assertThat(budget.allows(start)).isTrue();
  }

  @Test
  void aStepBackOfTheClockDoesNotStopTheFlow() {
    budget.sent(start);
    budget.busy(start, true);
    var before = start.minusSeconds(3_600);

    assertThat(budget.allows(before)).isFalse();
    assertThat(budget.allows(before.plusSeconds(2))).isTrue();
  }
}
