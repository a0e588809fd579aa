package io.medtwin.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.twin.ledger.Outage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutageSentenceTest {

  private static final Instant FROM = Instant.parse("2026-08-01T07:40:00Z");
  private static final Instant TO = Instant.parse("2026-08-01T13:52:30Z");
  private static final Instant NOW = Instant.parse("2026-08-02T09:00:00Z");

  @Test
  void anOutageThatIsOverSaysThatNothingWasLost() {
    assertThat(said(TO, Instant.parse("2026-08-01T14:03:10Z"), 1_204_332, 0))
        .isEqualTo(
            "offline 6 h 12 m, 1,204,332 stored, all delivered in order by 14:03 UTC, 0 lost");
  }

  @Test
  void whatWasLostIsNeverCalledAll() {
    assertThat(said(TO, Instant.parse("2026-08-01T14:03:10Z"), 10, 3))
        .isEqualTo("offline 6 h 12 m, 10 stored, the rest delivered in order by 14:03 UTC, 3 lost");
  }

  @Test
  void whatIsNotDeliveredYetIsNotCalledDelivered() {
    assertThat(said(TO, null, 10, 0))
        .isEqualTo("offline 6 h 12 m, 10 stored, being delivered, 0 lost so far");
  }

  @Test
  void anOutageThatLastsCountsUntilNow() {
    assertThat(said(null, null, 10, 0))
        .isEqualTo("offline 1 d 1 h so far, 10 stored, 0 lost so far");
  }

  @Test
  void anotherDayIsSaid() {
    assertThat(said(TO, Instant.parse("2026-08-02T00:10:00Z"), 1, 0))
        .contains("by 2026-08-02 00:10 UTC");
  }

  @Test
  void aShortOneIsToldInSeconds() {
    assertThat(OutageSentence.of(new Outage(FROM, FROM.plusSeconds(75), null, 0, 0), NOW))
        .startsWith("offline 1 m 15 s, ");
    assertThat(OutageSentence.of(new Outage(FROM, FROM.minusSeconds(5), null, 0, 0), NOW))
        .startsWith("offline 0 s, "); // the clock went back
  }

  private static String said(
      @Nullable Instant to, @Nullable Instant drainedAt, long stored, long lost) {
    return OutageSentence.of(new Outage(FROM, to, drainedAt, stored, lost), NOW);
  }
}
