package io.medtwin.benchmarks.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.benchmarks.crash.Mark.Kind;
import io.medtwin.benchmarks.crash.Violation.Rule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TwinWatchTest {

  private static final Mark START = new Mark(Kind.START, "a1");
  private static final Mark END = new Mark(Kind.END, "a1");
  private static final Mark EVENT = new Mark(Kind.EVENT, "e1");
  private static final List<Sending> SAID =
      List.of(said(1, START), said(2, EVENT), said(3, END), new Sending(4, List.of(), 1, 1, false));

  private final TwinWatch watch = new TwinWatch("probe-1", true);
  private long revision = 1;
  private long epoch = 1;

  @Test
  void aHistoryAsItWasSaidHasNoViolation() {
    value(1, 1);
    raised(2, "a1");
    event(3, "e0", "e1");
    ended(4, "r0", "a1");
    value(5, 4);

    assertThat(judged()).isEmpty();
  }

  @Test
  void anEventThatIsMissingIsLost() {
    raised(1, "a1");
    ended(2, "r0", "a1");
    value(3, 4);

    assertThat(judged()).singleElement().extracting(Violation::rule).isEqualTo(Rule.NOTHING_LOST);
  }

  @Test
  void anAlertThatWasNeverRaisedOrNeverEndedIsLost() {
    event(1, "e0", "e1");
    value(2, 4);

    assertThat(judged())
        .extracting(Violation::rule)
        .containsExactly(Rule.NOTHING_LOST, Rule.NOTHING_LOST);
  }

  @Test
  void anEventInTwoSlotsIsThereTwice() {
    raised(1, "a1");
    event(2, "e0", "e1");
    event(3, "e1", "e1");
    ended(4, "r0", "a1");
    value(5, 4);

    assertThat(judged()).singleElement().extracting(Violation::rule).isEqualTo(Rule.EXACTLY_ONCE);
  }

  @Test
  void theSameSlotToldAgainIsNoSecondEffect() {
    raised(1, "a1");
    event(2, "e0", "e1");
    event(3, "e0", "e1");
    ended(4, "r0", "a1");
    value(5, 4);

    assertThat(judged()).isEmpty();
  }

  @Test
  void anAlertRaisedAgainAfterItsEndIsSeen() {
    raised(1, "a1");
    event(2, "e0", "e1");
    ended(3, "r0", "a1");
    raised(4, "a1");
    ended(5, "r1", "a1");
    value(6, 4);

    assertThat(judged())
        .isNotEmpty()
        .allSatisfy(found -> assertThat(found.rule()).isEqualTo(Rule.EXACTLY_ONCE));
  }

  @Test
  void effectsInAnotherOrderThanSaidAreSeen() {
    event(1, "e0", "e1");
    raised(2, "a1");
    ended(3, "r0", "a1");
    value(4, 4);

    assertThat(judged()).singleElement().extracting(Violation::rule).isEqualTo(Rule.IN_ORDER);
  }

  @Test
  void aGatewayThatToldFromMemoryMayGoBackToWhatItAcknowledgedAndNoFurther() {
    var acknowledged = new Sending(5, List.of(), 1, 1, true);
    var never = new Sending(6, List.of(EVENT), 2, 1, false);
    value(1, 6);
    event(2, "e0", "e1");
    epoch = 2;
    value(1, 5);
    event(2, "e1", "e1");
    value(3, 6);
    assertThat(watch.judge(List.of(acknowledged, never), Set.of(), Excuse.FROM_MEMORY)).isEmpty();

    epoch = 3;
    value(1, 4);
    value(2, 6);
    assertThat(watch.judge(List.of(acknowledged, never), Set.of(), Excuse.FROM_MEMORY))
        .singleElement()
        .extracting(Violation::rule)
        .isEqualTo(Rule.IN_ORDER);
  }

  @Test
  void anAlertMayComeBackWhereItsEndWasToldFromMemory() {
    raised(1, "a1");
    ended(2, "r0", "a1");
    raised(3, "a1");
    ended(4, "r0", "a1");
    value(5, 2);
    var start = new Sending(1, List.of(START), 1, 1, true);
    var end = new Sending(2, List.of(END), 2, 1, false);

    assertThat(watch.judge(List.of(start, end), Set.of(), Excuse.FROM_MEMORY)).isEmpty();
  }

  @Test
  void anEventSaidTwiceWithoutAClockMayBeTwo() {
    var clockless = new TwinWatch("post-1", false);
    clockless.accept(
        new Seen("s:1", 1, 1, 1, Map.of("count", 1L), Map.of(), Map.of(), Map.of("e0", "e1")));
    clockless.accept(new Seen("s:1", 2, 1, 2, Map.of(), Map.of(), Map.of(), Map.of("e1", "e1")));

    assertThat(
            clockless.judge(
                List.of(new Sending(1, List.of(EVENT), 2, 1, false)), Set.of(), Excuse.NONE))
        .isEmpty();
  }

  @Test
  void whatOneMergeTellsHasNoOrder() {
    accept(1, Map.of(), Map.of("a1", true), Map.of(), Map.of("e0", "e1"));
    ended(2, "r0", "a1");
    value(3, 4);

    assertThat(judged()).isEmpty();
  }

  @Test
  void aCounterThatGoesBackIsSeenEvenIfItEndsRight() {
    raised(1, "a1");
    event(2, "e0", "e1");
    ended(3, "r0", "a1");
    value(4, 3);
    value(5, 2);
    value(6, 4);

    assertThat(judged()).singleElement().extracting(Violation::rule).isEqualTo(Rule.IN_ORDER);
  }

  @Test
  void aSequenceNumberThatDoesNotGrowIsSeen() {
    raised(1, "a1");
    event(2, "e0", "e1");
    ended(3, "r0", "a1");
    value(3, 4);

    assertThat(judged()).singleElement().extracting(Violation::rule).isEqualTo(Rule.IN_ORDER);
  }

  @Test
  void aTwinThatEndsWithAnOlderValueIsNotRight() {
    raised(1, "a1");
    event(2, "e0", "e1");
    ended(3, "r0", "a1");
    value(4, 3);

    assertThat(judged()).singleElement().extracting(Violation::rule).isEqualTo(Rule.FINALLY_RIGHT);
  }

  @Test
  void anAlertThatStaysAfterTheDeviceEndedItIsNotRight() {
    raised(1, "a1");
    event(2, "e0", "e1");
    accept(3, Map.of(), Map.of(), Map.of("r0", "a1"), Map.of());
    value(4, 4);

    assertThat(judged()).singleElement().extracting(Violation::rule).isEqualTo(Rule.FINALLY_RIGHT);
  }

  @Test
  void anObserverThatMissedARevisionSaysSo() {
    value(1, 1);
    revision++;
    raised(2, "a1");
    event(3, "e0", "e1");
    ended(4, "r0", "a1");
    value(5, 4);

    assertThat(judged()).singleElement().extracting(Violation::rule).isEqualTo(Rule.ALIVE);
  }

  @Test
  void aDamagedTailExcusesOnlyWhatWasSaidBeforeTheKill() {
    value(1, 4);
    var before = new Sending(1, List.of(START), 1, 1, true);
    var after = new Sending(4, List.of(EVENT), 1, 1, false);

    assertThat(watch.judge(List.of(before, after), Set.of(), Excuse.TAIL_LOST))
        .singleElement()
        .satisfies(found -> assertThat(found.expected()).contains("e1"));
  }

  @Test
  void aRoundIsJudgedOnceButItsEffectsAreRemembered() {
    raised(1, "a1");
    event(2, "e0", "e1");
    ended(3, "r0", "a1");
    value(4, 4);
    assertThat(judged()).isEmpty();

    raised(5, "a1");
    ended(6, "r1", "a1");
    value(7, 5);

    assertThat(watch.judge(List.of(said(5)), Set.of(), Excuse.NONE))
        .isNotEmpty()
        .allSatisfy(found -> assertThat(found.rule()).isEqualTo(Rule.EXACTLY_ONCE));
  }

  private List<Violation> judged() {
    return watch.judge(SAID, Set.of(), Excuse.NONE);
  }

  private static Sending said(long n, Mark... marks) {
    return new Sending(n, List.of(marks), 1, 1, true);
  }

  private void value(long seq, long count) {
    accept(seq, Map.of("count", count), Map.of(), Map.of(), Map.of());
  }

  private void raised(long seq, String id) {
    accept(seq, Map.of(), Map.of(id, true), Map.of(), Map.of());
  }

  private void ended(long seq, String slot, String id) {
    accept(seq, Map.of(), Map.of(id, false), Map.of(slot, id), Map.of());
  }

  private void event(long seq, String slot, String id) {
    accept(seq, Map.of(), Map.of(), Map.of(), Map.of(slot, id));
  }

  private void accept(
      long seq,
      Map<String, Long> values,
      Map<String, Boolean> alerts,
      Map<String, String> recent,
      Map<String, String> events) {
    watch.accept(new Seen("site:1", revision++, epoch, seq, values, alerts, recent, events));
  }
}
