package io.medtwin.twin.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;

class WriteBudgetTest {

  private static final int MOST_IN_A_MILLISECOND = 100;
  private final WriteBudget budget = new WriteBudget();
  private Instant start = Instant.parse("2026-02-19T08:00:00Z");

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
          budget.good(now, Duration.ZERO);
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
  void aBackendThatBeginsToLimitUnderLoadIsUnderstoodWithinItsSecond() {
    for (int millis = 0; millis < 2_000; millis += 5) { // 200 a second, all taken
      budget.sent(start.plusMillis(millis));
      budget.good(start.plusMillis(millis), Duration.ofMillis(1));
    }
    start = start.plusMillis(2_370);

    assertThat(refusedWithin(100, 1_000, 20_000)).isZero();
    assertThat(budget.rate()).isBetween(95.0, 100.0);
  }

  @Test
  void aBackendThatRefusesForLongIsAskedOnceASecond() {
    assertThat(refusedWithin(0, 2_000, 62_000)).isBetween(55, 62);
  }

  @Test
  void aBackendThatNeverRefusesIsNotLimited() {
    assertThat(refusedWithin(1_000_000_000, 0, 50)).isZero();
    assertThat(budget.rate()).isInfinite();
    assertThat(budget.limit()).isEqualTo(WriteBudget.MAX);
  }

  private record Job(int sent, int ends) {}

  /** What is in flight at a backend with so many workers, each of which takes so long. */
  private int inFlightAfter(int seconds, int workers, int serviceMillis) {
    var jobs = new PriorityQueue<>(Comparator.comparingInt(Job::ends));
    var free = new int[workers];
    for (int millis = 0; millis < seconds * 1_000; millis++) {
      var now = start.plusMillis(millis);
      for (var job = jobs.peek(); job != null && job.ends() <= millis; job = jobs.peek()) {
        jobs.remove();
        budget.good(now, Duration.ofMillis(job.ends() - job.sent()));
      }
      while (budget.allows(now)) {
        budget.sent(now);
        Arrays.sort(free);
        free[0] = Math.max(free[0], millis) + serviceMillis;
        jobs.add(new Job(millis, free[0]));
      }
    }
    return budget.limit();
  }

  @Test
  void commandsDoNotQueueAtABackendThatWorksOneByOne() {
    assertThat(inFlightAfter(20, 1, 3)).isBetween(6, 12);
  }

  @Test
  void aBackendThatWorksSideBySideIsKeptBusy() {
    assertThat(inFlightAfter(60, 48, 50)).isBetween(48, 60);
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
