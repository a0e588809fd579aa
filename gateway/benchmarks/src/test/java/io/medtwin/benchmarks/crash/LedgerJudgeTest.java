package io.medtwin.benchmarks.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.benchmarks.crash.LedgerReport.Line;
import io.medtwin.benchmarks.crash.Violation.Rule;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LedgerJudgeTest {

  private static final Instant BEGAN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Set<String> COUNT = Set.of("probe/count");
  private static final List<Sending> TWO =
      List.of(new Sending(1, List.of(), 1, 1, true), new Sending(2, List.of(), 2, 1, false));

  private final TwinWatch watch = new TwinWatch("probe-1", true);

  @Test
  void anAccountOfWhatWasAcknowledgedIsRight() {
    watch.accept(new Seen("site:1", 1, 1, 1, Map.of("count", 2L), Map.of(), Map.of(), Map.of()));

    assertThat(judge(line(2, 1, 1), false)).isEmpty();
    assertThat(judge(line(3, 1, 2), false)).isEmpty(); // the repetition counts, too
  }

  @Test
  void anAcknowledgedReadingThatIsNotReceivedIsLost() {
    assertThat(judge(line(1, 0, 1), false))
        .singleElement()
        .extracting(Violation::rule)
        .isEqualTo(Rule.NOTHING_LOST);
  }

  @Test
  void moreThanWasHandedOverIsCountedTwice() {
    assertThat(judge(line(4, 0, 4), false))
        .singleElement()
        .extracting(Violation::rule)
        .isEqualTo(Rule.EXACTLY_ONCE);
  }

  @Test
  void moreDeliveredThanAnObserverSawIsToldSo() {
    assertThat(judge(line(2, 1, 1), false))
        .singleElement()
        .extracting(Violation::rule)
        .isEqualTo(Rule.EXACTLY_ONCE);
  }

  @Test
  void anAccountThatDoesNotAddUpIsNotBalanced() {
    assertThat(judge(new Line(2, 0, 1, 0, 0, 0), false))
        .singleElement()
        .extracting(Violation::rule)
        .isEqualTo(Rule.BALANCED);
    assertThat(judge(new Line(2, 0, 3, -1, 0, 0), false))
        .singleElement()
        .extracting(Violation::rule)
        .isEqualTo(Rule.BALANCED);
  }

  @Test
  void whatDamageTookMustBeAGap() {
    assertThat(judge(line(1, 0, 1), true))
        .singleElement()
        .satisfies(found -> assertThat(found.expected()).contains("a gap"));
    assertThat(judge(line(0, 0, 0), true, new LedgerReport.Gap(BEGAN, BEGAN.plusSeconds(1), "")))
        .singleElement()
        .satisfies(found -> assertThat(found.expected()).contains("after the damage"));
    assertThat(judge(line(1, 0, 1), true, new LedgerReport.Gap(BEGAN, BEGAN.plusSeconds(1), "")))
        .isEmpty();
  }

  @Test
  void aGapOfBeforeDoesNotStandForWhatDamageTook() {
    var old = new LedgerReport.Gap(BEGAN, BEGAN.plusSeconds(1), "");
    var before = new LedgerReport.Device(1, 1, Map.of(), List.of(old));

    assertThat(judge(before, line(1, 0, 1), true, old))
        .singleElement()
        .satisfies(found -> assertThat(found.expected()).contains("a gap"));
    assertThat(
            judge(
                before, line(1, 0, 1), true, new LedgerReport.Gap(BEGAN, BEGAN.plusMillis(2), "")))
        .isEmpty();
  }

  @Test
  void theCommandsOutputIsRead() {
    var ledger =
        LedgerReport.read(
            """
            {"balanced":true,"devices":[{"device":"d1","thingId":"s:1","epoch":1,"seq":42,"metrics":[
              {"metric":"spo2/saturation","received":10,"delivered":3,"coalesced":6,"pending":1,"rejected":0,"expired":0}],
              "gaps":[{"from":"2026-01-01T00:00:00Z","to":"2026-01-01T00:00:01Z","reason":"torn"}]}],"total":{"received":10}}
            """);

    assertThat(ledger.balanced()).isTrue();
    assertThat(ledger.pending()).isEqualTo(1);
    assertThat(ledger.device("d1").line("spo2/saturation")).isEqualTo(new Line(10, 3, 6, 1, 0, 0));
    assertThat(ledger.device("d1").gaps()).hasSize(1);
  }

  private static Line line(long received, long delivered, long coalesced) {
    return new Line(received, delivered, coalesced, 0, 0, 0);
  }

  private List<Violation> judge(Line line, boolean tailLost, LedgerReport.Gap... gaps) {
    return judge(LedgerReport.Device.NONE, line, tailLost, gaps);
  }

  private List<Violation> judge(
      LedgerReport.Device before, Line line, boolean tailLost, LedgerReport.Gap... gaps) {
    var after = new LedgerReport.Device(1, 2, Map.of("probe/count", line), List.of(gaps));
    return LedgerJudge.judge("probe-1", COUNT, before, after, TWO, watch, tailLost, BEGAN);
  }
}
