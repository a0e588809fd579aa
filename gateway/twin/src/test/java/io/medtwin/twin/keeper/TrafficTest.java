package io.medtwin.twin.keeper;

import static io.medtwin.twin.keeper.KeeperBench.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.journal.Entry;
import io.medtwin.journal.MemoryJournal;
import io.medtwin.journal.Received;
import io.medtwin.spi.Alert;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.twin.backend.Answer;
import io.medtwin.twin.backend.TwinBackend.Reach;
import io.medtwin.twin.keeper.Latency.Stage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes through a keeper and how long it takes. */
@Timeout(60)
class TrafficTest {

  @Test
  void everyReportAndCommandIsCountedOnItsWay() throws Exception {
    try (var bench = new KeeperBench("ox-1")) {
      bench.say("ox-1", spo2(97), alert("a1", Alert.Phase.START), spo2(96));
      until("settled", () -> settled(bench) && total(bench, Stage.ALERT_ACKNOWLEDGED) == 1);

      var traffic = bench.keeper.traffic();
      assertThat(traffic.reports()).isEqualTo(3);
      assertThat(traffic.waiting()).isZero();
      assertThat(traffic.oldestPending()).isNull();
      assertThat(traffic.inFlight()).isZero();
      assertThat(traffic.sent()).isEqualTo(traffic.stored()).isGreaterThanOrEqualTo(2);
      assertThat(traffic.window()).isPositive();
      assertThat(traffic.limitPerSecond()).isZero();
      assertThat(total(bench, Stage.DURABLE)).isEqualTo(3);
      assertThat(total(bench, Stage.SENT)).isBetween(1L, 3L);
      assertThat(total(bench, Stage.ACKNOWLEDGED)).isBetween(1L, 3L);
    }
  }

  /** Settling a merge empties its marks: how old they are is looked at before. */
  @Test
  void aMergeOfNumbersAloneIsTimedToItsConfirmation() throws Exception {
    try (var bench = new KeeperBench("ox-1")) {
      bench.say("ox-1", spo2(97));
      until("timed", () -> total(bench, Stage.ACKNOWLEDGED) == 1);

      assertThat(total(bench, Stage.SENT)).isEqualTo(1);
    }
  }

  @Test
  void whatWaitsIsAsOldAsTheFirstReportThatWasNotTold() throws Exception {
    var backend = new KeeperBench.Backend();
    backend.reach = Reach.DISCONNECTED;
    MemoryJournal journal;
    var first = KeeperBench.now();
    try (var bench = new KeeperBench(new MemoryJournal(), backend, "ox-1")) {
      bench.say("ox-1", spo2(97));
      var afterFirst = KeeperBench.now();
      until("heard", () -> bench.keeper.traffic().reports() == 1);
      for (int i = 0; i < 20; i++) {
        bench.say("ox-1", spo2(90 + i % 5));
      }
      until("heard", () -> bench.keeper.traffic().reports() == 21);
      var traffic = bench.keeper.traffic();
      assertThat(traffic.pending()).isEqualTo(1);
      assertThat(traffic.oldestPending()).isBetween(first, afterFirst);
      journal = bench.journal;
    }
    backend.answer = new Answer.Busy(429, "no");
    backend.reach = Reach.CONNECTED;
    try (var next = new KeeperBench(journal, backend, "ox-1")) {
      assertThat(next.keeper.traffic().oldestPending())
          .as("also in the next life")
          .isBetween(first, KeeperBench.now());
      until("refused", () -> next.keeper.traffic().busy() > 0);
      backend.answer = null;
      until("settled", () -> settled(next));
      assertThat(total(next, Stage.DURABLE)).as("read back, not received").isZero();
      assertThat(total(next, Stage.ACKNOWLEDGED)).as("of an earlier life").isZero();
    }
  }

  @Test
  void anOutageIsToldByTheKeeper() throws Exception {
    var backend = new KeeperBench.Backend();
    try (var bench = new KeeperBench(new MemoryJournal(), backend, "ox-1")) {
      bench.say("ox-1", spo2(97));
      until("settled", () -> settled(bench));
      backend.reach = Reach.DISCONNECTED;
      until("lost", () -> !bench.keeper.outages().isEmpty());
      bench.say("ox-1", spo2(90), spo2(91));
      until("kept", () -> bench.keeper.outages().getFirst().stored() == 2);
      backend.reach = Reach.CONNECTED;
      until("drained", () -> bench.keeper.outages().getFirst().drainedAt() != null);
      assertThat(bench.keeper.outages().getFirst().lost()).isZero();
    }
  }

  @Test
  void aTimeFallsIntoTheBucketThatHoldsIt() {
    var latencies = new Latencies();
    for (long millis : new long[] {0, 1, 2, 3, 5, 86_400_000, 86_400_001, -5}) {
      latencies.add(Stage.SENT, millis);
    }
    var sent = latencies.all().get(Stage.SENT.ordinal());
    var expected = new ArrayList<>(java.util.Collections.nCopies(18, 0L));
    expected.set(0, 2L);
    expected.set(1, 1L);
    expected.set(2, 2L);
    expected.set(16, 1L);
    expected.set(17, 1L);
    assertThat(sent.counts()).isEqualTo(expected);
    assertThat(sent.sumMillis()).isEqualTo(172_800_012L);
  }

  @Test
  void alertsOfThisLifeAreRememberedWithTheirEndsAndThoseLeftPresentAmongThem() throws Exception {
    MemoryJournal journal;
    try (var bench = new KeeperBench("ox-1")) {
      bench.say("ox-1", alert("old", Alert.Phase.START), alert("gone", Alert.Phase.START));
      bench.say("ox-1", alert("gone", Alert.Phase.END));
      until("heard", () -> bench.keeper.pastAlerts("ox-1").size() == 2);
      assertThat(bench.keeper.pastAlerts("ox-1"))
          .extracting(span -> span.occurrence() + (span.endedAt() == null ? " is" : " was"))
          .containsExactly("old is", "gone was");
      journal = bench.journal;
    }
    try (var next = new KeeperBench(journal, new KeeperBench.Backend(), "ox-1")) {
      assertThat(next.keeper.pastAlerts("ox-1"))
          .singleElement()
          .returns("old", AlertSpan::occurrence)
          .returns("Probe off", AlertSpan::text);
      for (int i = 0; i < 40; i++) {
        next.say("ox-1", alert("a" + i, Alert.Phase.START), alert("a" + i, Alert.Phase.END));
      }
      until(
          "heard",
          () ->
              next.keeper.pastAlerts("ox-1").getLast().occurrence().equals("a39")
                  && next.keeper.pastAlerts("ox-1").getLast().endedAt() != null);
      assertThat(next.keeper.pastAlerts("ox-1"))
          .hasSize(PastAlerts.MOST)
          .allSatisfy(span -> assertThat(span.endedAt()).isNotNull());
    }
  }

  @Test
  void numbersOutsideTheBoundsOfTheProfileAreCountedAlsoOverARestart() throws Exception {
    var now = KeeperBench.now();
    var line = KeeperBench.line(now);
    int position = 0;
    for (int percent : List.of(97, 101, 100, 250)) {
      position++;
      line.take(position, Entry.Heard.of(new Received("ox-1", spo2(percent), now, position)));
    }
    assertThat(line.view(line.total()).counts().implausible()).isEqualTo(2);

    var next = KeeperBench.line(now);
    next.restore(line.save(), now);
    assertThat(next.view(next.total()).counts().implausible()).isEqualTo(2);
  }

  private static boolean settled(KeeperBench bench) {
    var traffic = bench.keeper.traffic();
    return traffic.reports() + traffic.stored() > 0
        && bench.keeper.views().getFirst().acknowledgedAt() != null
        && traffic.pending() == 0
        && traffic.inFlight() == 0
        && traffic.oldestPending() == null;
  }

  private static long total(KeeperBench bench, Stage stage) {
    return bench.keeper.traffic().latencies().get(stage.ordinal()).counts().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  private static Reading spo2(int percent) {
    return Reading.of("spo2", Numeric.of(percent, "%"));
  }

  private static Alert alert(String occurrence, Alert.Phase phase) {
    return new Alert(
        occurrence, "AL_PROBE", phase, Alert.Priority.HIGH, Alert.Kind.TECHNICAL, "", null, null);
  }
}
