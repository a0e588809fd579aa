package io.medtwin.twin.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.twin.ledger.Outages.Totals;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutagesTest {

  private static final Instant START = Instant.parse("2026-02-19T08:00:00Z");

  private final Outages outages = new Outages(START);
  private long received;
  private long expired;
  private @Nullable Instant oldestPending;
  private int asked;

  private static Instant at(double second) {
    return START.plusMillis((long) (second * 1_000));
  }

  private void look(double second, boolean isReached) {
    outages.look(
        at(second),
        isReached,
        () -> {
          asked++;
          return new Totals(received, expired, oldestPending);
        });
  }

  @Test
  void anOutageIsToldWithWhatCameMeanwhileAndWhenThatWasSettled() {
    received = 100;
    look(10, true);
    look(11, false);
    received = 160;
    oldestPending = at(12);
    look(20, false);
    assertThat(outages.list()).containsExactly(new Outage(at(10), null, null, 60, 0));

    received = 170;
    look(30, true);
    assertThat(outages.list()).containsExactly(new Outage(at(10), at(30), null, 70, 0));

    received = 999; // what comes now is not of the outage
    expired = 3;
    oldestPending = at(29.9);
    look(32, true);
    assertThat(outages.list()).containsExactly(new Outage(at(10), at(30), null, 70, 3));

    oldestPending = at(30); // came with the reconnection: everything before is settled
    look(34, true);
    expired = 9;
    look(40, true);
    assertThat(outages.list()).containsExactly(new Outage(at(10), at(30), at(34), 70, 3));
  }

  @Test
  void aBlipIsNone() {
    look(10, true);
    look(10.1, false);
    look(11.9, false);
    assertThat(outages.list()).isEmpty();
    look(11.95, true);
    assertThat(outages.list()).isEmpty();

    look(12, false);
    look(13.95, true);
    assertThat(outages.list()).hasSize(1);
  }

  @Test
  void theFirstConnectionMayTakeAWhile() {
    look(0, false);
    look(9, false);
    look(9.9, true);
    assertThat(outages.list()).isEmpty();

    var later = new Outages(START);
    later.look(at(0), false, () -> new Totals(0, 0, null));
    later.look(at(10), false, () -> new Totals(5, 0, null));
    assertThat(later.list()).containsExactly(new Outage(START, null, null, 5, 0));
  }

  @Test
  void oneThatComesBeforeTheLastIsDrainedLeavesThatOpen() {
    look(0, true);
    look(1, false);
    oldestPending = at(1);
    look(5, true);
    look(6, false);
    look(16, true);
    assertThat(outages.list()).extracting(Outage::drainedAt).containsOnlyNulls().hasSize(2);

    oldestPending = null;
    look(17, true);
    assertThat(outages.list()).extracting(Outage::drainedAt).containsExactly(at(17), at(17));
  }

  @Test
  void countsAreAskedForSeldomAndNotAtAllWhileAllIsWell() {
    for (int i = 0; i < 4_000; i++) {
      look(i * 0.025, true);
    }
    assertThat(asked).isZero();
    for (int i = 4_000; i < 8_000; i++) {
      look(i * 0.025, false);
    }
    assertThat(asked).isBetween(90, 110);
  }

  @Test
  void theLatestAreKeptAndASetClockStopsNothing() {
    for (int i = 0; i < 2 * Outages.MOST; i++) {
      look(10 * i, true);
      look(10 * i + 5, false);
    }
    look(0, true); // set back
    look(1, false);
    look(4, true);
    assertThat(outages.list()).hasSize(Outages.MOST);
    assertThat(outages.list().getLast()).returns(at(0), Outage::from).returns(at(4), Outage::to);
  }
}
