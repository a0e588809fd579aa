package io.medtwin.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnclaimedTest {

  @Test
  void aFloodOfStrangersIsListedToTheLimitAndCountedBeyond() {
    var unclaimed = new Unclaimed();
    int extra = 1_000;
    int heardFirst = 0;
    for (int i = 0; i < Unclaimed.LIMIT + extra; i++) {
      heardFirst += unclaimed.heard("hub", "stranger-" + i, ManualClock.START) ? 1 : 0;
    }

    assertThat(heardFirst).isEqualTo(Unclaimed.LIMIT);
    assertThat(unclaimed.list()).hasSize(Unclaimed.LIMIT);
    assertThat(unclaimed.beyondLimit()).isEqualTo(extra);
  }

  @Test
  void aListedStrangerIsStillCountedWhenTheListIsFull() {
    var unclaimed = new Unclaimed();
    for (int i = 0; i < Unclaimed.LIMIT; i++) {
      unclaimed.heard("hub", "stranger-" + i, ManualClock.START);
    }
    var later = ManualClock.START.plusSeconds(5);

    assertThat(unclaimed.heard("hub", "stranger-7", later)).isFalse();
    assertThat(unclaimed.list())
        .filteredOn(sighting -> sighting.address().equals("stranger-7"))
        .containsExactly(new Unclaimed.Sighting("hub", "stranger-7", ManualClock.START, later, 2));
    assertThat(unclaimed.beyondLimit()).isZero();
  }
}
