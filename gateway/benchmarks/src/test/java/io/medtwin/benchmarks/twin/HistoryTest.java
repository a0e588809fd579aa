package io.medtwin.benchmarks.twin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HistoryTest {

  private final History history = new History();

  private void merge(long epoch, long seq, long number) {
    history.see(
        Seen.of(
                """
                {"topic":"bench/d1/things/twin/events/merged","path":"/","value":{"features":{
                "link":{"properties":{"epoch":%d,"seq":%d}},
                "heart":{"properties":{"heartRate":{"value":%d,"observedAt":"2026-11-25T08:00:00.123Z"}}}}}}
                """
                    .formatted(epoch, seq, number))
            .orElseThrow());
  }

  @Test
  void valuesThatGoForwardAreInOrder() {
    merge(1, 1, 5);
    merge(1, 2, 9);
    merge(2, 1, 9);
    assertThat(history.number()).isEqualTo(9);
    assertThat(history.observedAtMillis()).isEqualTo(1_795_593_600_123L);
    assertThat(history.reordered()).isZero();
    assertThat(history.duplicates()).isZero();
  }

  @Test
  void anOlderValueIsReordered() {
    merge(1, 1, 9);
    merge(1, 2, 5);
    assertThat(history.reordered()).isEqualTo(1);
  }

  @Test
  void theSameWriteTwiceIsADuplicate() {
    merge(1, 1, 5);
    merge(1, 1, 5);
    merge(1, 2, 6);
    merge(0, 3, 6);
    assertThat(history.duplicates()).isEqualTo(2);
  }

  @Test
  void alertsComeInTheOrderOfTheEvent() {
    var seen =
        Seen.of(
                """
                {"topic":"bench/d1/things/twin/events/merged","path":"/","value":{"features":{
                "alerts":{"properties":{"active":{"sos":null,"fall":{"code":"fall"}}}}}}}
                """)
            .orElseThrow();
    assertThat(seen.alerts()).containsExactly(false, true);
    assertThat(seen.number()).isEmpty();
  }

  @Test
  void whatIsNoEventIsNotSeen() {
    assertThat(Seen.of("START-SEND-EVENTS:ACK")).isEmpty();
    assertThat(Seen.of("{\"topic\":\"bench/d1/things/twin/commands/merge\",\"value\":{}}"))
        .isEmpty();
  }
}
