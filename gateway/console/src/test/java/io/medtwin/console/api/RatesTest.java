package io.medtwin.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.console.line.Flow;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RatesTest {

  private static final Instant BEGIN = Instant.parse("2026-08-01T10:00:00Z");

  @Test
  void aRateIsWhatCameBetweenTwoLooks() {
    var rates = Rates.between(flow(0, 10), flow(0, 10), flow(5, 60));

    assertThat(rates.links()).containsEntry("bed-1", 10.0);
    assertThat(rates.journal()).isEqualTo(10.0);
    assertThat(rates.stored()).isEqualTo(10.0);
  }

  @Test
  void aCountThatFellGivesNoNegativeRate() {
    assertThat(Rates.between(flow(0, 100), flow(0, 100), flow(5, 3)).keeper()).isZero();
  }

  @Test
  void oneLookGivesNoRate() {
    assertThat(Rates.between(flow(0, 1), flow(0, 1), flow(0, 1)).journal()).isNull();
  }

  @Test
  void percentilesAreOfWhatCameLatelyNotOfAnOldOutage() {
    var before = latency(0, 0, 1_000); // an outage long ago
    var now = latency(90, 10, 1_000);

    var percentiles = Percentiles.between(before, now);
    assertThat(percentiles.count()).isEqualTo(100);
    assertThat(percentiles.p50()).isBetween(5.0, 6.0); // half of the first bucket, 0 to 10 ms
    assertThat(percentiles.p95()).isEqualTo(55.0); // half of the second one, 10 to 100 ms
    assertThat(percentiles.p99()).isEqualTo(91.0);
  }

  @Test
  void theOpenBucketGivesItsLowerBoundAndNothingGivesNull() {
    assertThat(Percentiles.between(null, latency(0, 0, 7)).p50()).isEqualTo(100.0);
    assertThat(Percentiles.between(null, latency(0, 0, 0)).p99()).isNull();
  }

  private static Flow.Latency latency(long first, long second, long open) {
    return new Flow.Latency("acknowledged", List.of(10L, 100L), List.of(first, second, open), 0);
  }

  private static Flow flow(long seconds, long count) {
    return new Flow(
        BEGIN.plusSeconds(seconds),
        List.of(new Flow.Link("bed-1", "", "d", "running", "", List.of(), count, 0, 0, 0, 0)),
        new Flow.Store(count, 0, 0, 0, 0),
        new Flow.Owner(count, 0, 0),
        new Flow.Way(0, count, 0, 0, 0, 0, 0, null),
        List.of());
  }
}
