package io.medtwin.twin.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.journal.Received;
import io.medtwin.spi.Alert;
import io.medtwin.spi.Alert.Phase;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Reading.Flag;
import io.medtwin.twin.backend.Answer;
import io.medtwin.twin.backend.Patch;
import io.medtwin.twin.backend.TwinCommand;
import io.medtwin.twin.backend.TwinCommand.Merge;
import io.medtwin.twin.clock.ClockQuality;
import io.medtwin.twin.clock.ClockStatus;
import io.medtwin.twin.ledger.Balance;
import io.medtwin.twin.ledger.Ledger;
import io.medtwin.twin.normalizer.Finding.AlertChange;
import io.medtwin.twin.normalizer.Finding.Mode;
import io.medtwin.twin.normalizer.Finding.Observation;
import io.medtwin.twin.normalizer.Normalizer;
import io.medtwin.twin.normalizer.Units;
import io.medtwin.twin.normalizer.Validity;
import io.medtwin.twin.profile.Metric;
import io.medtwin.twin.profile.Profile;
import io.medtwin.twin.profile.TestProfiles;
import io.medtwin.twin.state.LinkState;
import io.medtwin.twin.state.Twin;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutboxTest {

  private static final Units UNITS = new Units();
  private static final Duration LONG = Duration.ofMinutes(2);
  private final Profile profile = TestProfiles.oximeter();
  private final Metric spo2 = metric("spo2");
  private final Metric pulse = metric("pulse-rate");
  private final Facts facts =
      new Facts("ox-1", "test:1", "test:policy", "gw", "drv", Patch.of("class", "pulse-oximeter"));
  private final Ledger ledger = new Ledger(profile);
  private final Outbox outbox = new Outbox(facts, ledger, profile, new SplittableRandom(1));
  private Instant now = Instant.parse("2026-02-19T08:00:00Z");
  private Twin twin = Twin.unheard(profile, now);

  @Test
  void theFirstCommandProvisionsAndTheNextEpochIsOneMoreThanTheStored() {
    assertThat(outbox.next(twin, null, now))
        .hasValueSatisfying(c -> assertThat(c).isInstanceOf(TwinCommand.Provision.class));
    settle(new Answer.Provisioned(false, 7, 123), now);

    var merge = due();

    assertThat(merge.epoch()).isEqualTo(8);
    assertThat(merge.seq()).isEqualTo(1);
    assertThat(at(merge, "features", "link", "properties", "epoch")).isEqualTo(8L);
    assertThat(at(merge, "attributes", "class")).isEqualTo("pulse-oximeter");
  }

  @Test
  void onlyOneCommandIsInFlight() {
    provision();
    observe(spo2, 97);
    assertThat(next()).isPresent();
    observe(spo2, 96);
    now = now.plus(LONG);

    assertThat(next()).isEmpty();
  }

  @Test
  void readingsOfOneWindowBecomeOneMergeWithTheLatestOfEach() {
    provision();
    settleFirst();
    for (int i = 90; i < 98; i++) {
      observe(spo2, i);
      observe(pulse, i - 20);
    }

    var merge = due();

    assertThat(at(merge, "features", "spo2", "properties", "saturation", "value"))
        .isEqualTo(new BigDecimal("97"));
    assertThat(at(merge, "features", "spo2", "properties", "pulseRate", "value"))
        .isEqualTo(new BigDecimal("77"));
    assertThat(balance(spo2)).isEqualTo(new Balance(8, 0, 7, 1, 0, 0));
    settle(new Answer.Stored(), now);
    assertThat(balance(spo2)).isEqualTo(new Balance(8, 1, 7, 0, 0, 0));
    assertThat(outbox.isPending()).isFalse();
  }

  @Test
  void mergesKeepTheWindowApart() {
    provision();
    settleFirst();
    observe(spo2, 97);
    due();
    settle(new Answer.Stored(), now);
    observe(spo2, 96);

    assertThat(next()).isEmpty();
    now = now.plus(Outbox.WINDOW);
    assertThat(next()).isPresent();
  }

  @Test
  void aChangeBelowTheDeadbandWaitsForTheRefresh() {
    provision();
    settleFirst();
    observe(pulse, 70);
    due();
    settle(new Answer.Stored(), now);
    now = now.plusSeconds(5);
    observe(pulse, 71);
    now = now.plusSeconds(2);
    assertThat(next()).isEmpty();

    now = now.plus(Outbox.REFRESH);
    observe(pulse, 71);

    assertThat(at(due(), "features", "spo2", "properties", "pulseRate", "value"))
        .isEqualTo(new BigDecimal("71"));
  }

  @Test
  void alertsAreToldInOrderAheadOfTheWindowAndNoneIsCoalesced() {
    provision();
    settleFirst();
    observe(spo2, 97);
    due();
    settle(new Answer.Stored(), now);
    alert("a1", Phase.START);
    alert("a2", Phase.START);
    alert("a1", Phase.END);

    var told = new ArrayList<Merge>();
    for (int i = 0; i < 2; i++) {
      now = now.plus(Outbox.URGENT_WINDOW);
      told.add((Merge) next().orElseThrow());
      settle(new Answer.Stored(), now);
    }

    assertThat(at(told.get(0), "features", "alerts", "properties", "active", "a1", "presence"))
        .isEqualTo("active");
    assertThat(at(told.get(0), "features", "alerts", "properties", "active", "a2", "presence"))
        .isEqualTo("active");
    assertThat(at(told.get(0), "features", "alerts", "properties", "count")).isEqualTo(2L);
    assertThat(at(told.get(1), "features", "alerts", "properties", "active", "a1"))
        .as("the end of an alert never shares a merge with its start")
        .isEqualTo(Patch.REMOVE);
    assertThat(at(told.get(1), "features", "alerts", "properties", "recent", "r0", "presence"))
        .isEqualTo("ended");
    assertThat(outbox.waitingInLane()).isZero();
    assertThat(outbox.balance(ledger.line(Ledger.Other.ALERTS)))
        .isEqualTo(new Balance(3, 3, 0, 0, 0, 0));
  }

  @Test
  void aMergeWithoutAnAnswerIsSettledByWhatIsStoredAndNeverTakesEffectTwice() {
    provision();
    settleFirst();
    observe(spo2, 97);
    alert("a1", Phase.START);
    var sent = due();
    settle(new Answer.Busy(0, "connection lost"), now);
    now = now.plus(LONG);

    assertThat(next().orElseThrow()).isInstanceOf(TwinCommand.Provision.class);
    settle(new Answer.Provisioned(false, sent.epoch(), sent.seq()), now);

    assertThat(balance(spo2)).isEqualTo(new Balance(1, 1, 0, 0, 0, 0));
    assertThat(at(due(), "features", "alerts")).as("the alert is not told again").isNull();
  }

  @Test
  void aMergeThatDidNotArriveIsToldAgainUnderAHigherNumber() {
    provision();
    settleFirst();
    observe(spo2, 97);
    alert("a1", Phase.START);
    var sent = due();
    settle(new Answer.Busy(0, "connection lost"), now);
    now = now.plus(LONG);
    next();
    settle(new Answer.Provisioned(false, sent.epoch(), sent.seq() - 1), now);

    var again = due();

    assertThat(again.epoch()).isEqualTo(sent.epoch());
    assertThat(again.seq()).isGreaterThan(sent.seq());
    assertThat(at(again, "features", "alerts", "properties", "active", "a1", "code"))
        .isEqualTo("AL_PROBE");
    assertThat(balance(spo2).pending()).isOne();
  }

  @Test
  void aThingThatLostWhatItHadIsToldEverythingAgain() {
    provision();
    settleFirst();
    observe(spo2, 97);
    var first = due();
    settle(new Answer.Stored(), now);
    outbox.restarted();
    next();
    settle(new Answer.Provisioned(true, 0, 0), now);

    var again = due();

    assertThat(at(again, "features", "spo2", "properties", "saturation", "value"))
        .isEqualTo(new BigDecimal("97"));
    assertThat(again.epoch()).isGreaterThan(first.epoch());
    assertThat(balance(spo2))
        .as("told twice, counted once")
        .isEqualTo(new Balance(1, 1, 0, 0, 0, 0));
  }

  @Test
  void theOwnEpochGoesOnAfterARestartWhereTheThingIsAsItWasLeft() {
    provision();
    settleFirst();
    observe(spo2, 97);
    var last = due();
    settle(new Answer.Stored(), now);
    var saved = outbox.save(profile);

    var next = new Outbox(facts, ledger, profile, new SplittableRandom(2));
    next.restore(saved, profile);
    next.restarted();
    next.next(twin, null, now);
    next.settle(new Answer.Provisioned(false, last.epoch(), last.seq()), twin, now);
    var first = (Merge) next.next(twin, null, now).orElseThrow();

    assertThat(first.epoch()).isEqualTo(last.epoch());
    assertThat(first.seq()).isEqualTo(last.seq() + 1);
    assertThat(at(first, "features", "spo2")).as("nothing changed, nothing is repeated").isNull();
  }

  @Test
  void aDamagedJournalBeginsAnEpochThoughTheThingIsAsItWasLeft() {
    provision();
    settleFirst();
    observe(spo2, 97);
    var last = due();
    settle(new Answer.Stored(), now);
    var saved = outbox.save(profile);

    var next = new Outbox(facts, ledger, profile, new SplittableRandom(2));
    next.restore(saved, profile);
    next.damaged();
    next.restarted();
    next.next(twin, null, now);
    next.settle(new Answer.Provisioned(false, last.epoch(), last.seq()), twin, now);
    var first = (Merge) next.next(twin, null, now).orElseThrow();

    assertThat(first.epoch()).isEqualTo(last.epoch() + 1);
    assertThat(at(first, "features", "spo2")).as("told anew").isNotNull();
  }

  @Test
  void whatTheThingWasToldThoughNobodyNotedItIsLeftOutAndTheRestIsTold() {
    provision();
    settleFirst();
    alert("a1", Phase.START);
    alert("a1", Phase.END);
    now = now.plusMillis(1);
    alert("a1", Phase.START);
    var saved = outbox.save(profile);
    due();
    settle(new Answer.Stored(), now);
    now = now.plus(Outbox.WINDOW);
    var told = features(due()); // its end, and nobody noted that

    var next = new Outbox(facts, ledger, profile, new SplittableRandom(2));
    next.restore(saved, profile);
    next.restarted();
    next.next(twin, null, now);
    next.settle(new Answer.Provisioned(false, outbox.epoch(), outbox.seq()), twin, now);
    assertThat(next.next(twin, null, now)).contains(new TwinCommand.Recall(facts.thingId()));
    var third = new Outbox(facts, ledger, profile, new SplittableRandom(3));
    third.restore(next.save(profile), profile); // saved while it asks
    third.settle(new Answer.Recalled(told), twin, now);
    var merge = (Merge) third.next(twin, null, now).orElseThrow();

    assertThat(merge.epoch()).isEqualTo(outbox.epoch() + 1);
    assertThat(at(merge, "features", "alerts", "properties", "recent")).isNull();
    assertThat(at(merge, "features", "alerts", "properties", "active", "a1", "code"))
        .isEqualTo("AL_PROBE");
    assertThat(third.waitingInLane()).isZero();
  }

  @Test
  void anotherWordIsNotTakenForOneThatTheThingHas() {
    provision();
    settleFirst();
    alert("a1", Phase.START);
    var told = features(due());
    settle(new Answer.Stored(), now);
    now = now.plus(Outbox.WINDOW);
    alert("a1", Phase.END);
    alert("a1", Phase.START); // the same alert, later

    assertThat(outbox.known(told)).isZero();
    assertThat(outbox.known(Patch.EMPTY)).isZero();
  }

  @Test
  void whatABusyBackendDidNotTakeIsToldAgainWithTheNewestValueAndTheAlertFirst() {
    provision();
    settleFirst();
    observe(spo2, 97);
    alert("a1", Phase.START);
    due();
    settle(new Answer.Busy(429, "slow down"), now);
    observe(spo2, 88);
    assertThat(next()).as("backs off").isEmpty();

    now = now.plus(LONG);
    var again = (Merge) next().orElseThrow();

    assertThat(at(again, "features", "spo2", "properties", "saturation", "value"))
        .isEqualTo(new BigDecimal("88"));
    assertThat(at(again, "features", "alerts", "properties", "active", "a1", "code"))
        .isEqualTo("AL_PROBE");
    assertThat(again.seq())
        .as("a retry is newer than what may have arrived after all")
        .isEqualTo(3);
  }

  @Test
  void pausesBetweenAttemptsGrowAndStayBelowTheLimit() {
    provision();
    settleFirst();
    observe(spo2, 97);
    var pauses = new ArrayList<Duration>();
    for (int i = 0; i < 12; i++) {
      var from = now;
      while (next().isEmpty()) {
        now = now.plusMillis(50);
      }
      pauses.add(Duration.between(from, now));
      settle(new Answer.Busy(429, "slow down"), now);
    }

    assertThat(pauses.get(11))
        .isGreaterThan(pauses.get(2))
        .isLessThanOrEqualTo(Pace.RETRY_MAX.plusMillis(50));
  }

  @Test
  void aHigherStoredEpochMeansThatAnotherGatewayOwnsTheDevice() {
    provision();
    observe(spo2, 97);
    due();
    settle(new Answer.Outdated(2), now);
    observe(spo2, 50);
    now = now.plus(LONG);

    assertThat(outbox.standing()).isEqualTo(Outbox.Standing.FENCED);
    assertThat(next()).isEmpty();
    assertThat(balance(spo2)).isEqualTo(new Balance(2, 0, 0, 0, 0, 2));
  }

  @Test
  void aRefusedMergeIsNotTriedAgainButCounted() {
    provision();
    observe(spo2, 97);
    due();
    settle(new Answer.Refused(400, "things:thing.invalid"), now);
    now = now.plus(LONG);

    assertThat(next()).isEmpty();
    assertThat(balance(spo2)).isEqualTo(new Balance(1, 0, 0, 0, 1, 0));
    assertThat(outbox.trouble()).contains("400");
  }

  @Test
  void aMissingThingIsProvisionedAgainSlowlyAndNothingIsForgotten() {
    provision();
    observe(spo2, 97);
    due();
    settle(new Answer.NotProvisioned(404, "things:thing.notfound"), now);
    assertThat(next()).isEmpty();

    now = now.plus(LONG);
    assertThat(next().orElseThrow()).isInstanceOf(TwinCommand.Provision.class);
    settle(new Answer.Provisioned(true, 0, 0), now);

    assertThat(at(due(), "features", "spo2", "properties", "saturation", "value"))
        .isEqualTo(new BigDecimal("97"));
  }

  @Test
  void aLostLinkIsOneUrgentMergeWithTheStatusAndEveryStaleFlag() {
    provision();
    settleFirst();
    observe(spo2, 97);
    observe(pulse, 70);
    due();
    settle(new Answer.Stored(), now);
    var before = twin;
    twin = twin.with(new LinkState(LinkState.Status.OFFLINE, now, "unplugged"));
    twin.changedSince(before)
        .forEach(metric -> outbox.aged(metric, twin.property(metric).orElseThrow(), now));
    outbox.linkChanged(twin, now);
    now = now.plus(Outbox.URGENT_WINDOW);

    var merge = (Merge) next().orElseThrow();

    assertThat(at(merge, "features", "link", "properties", "status")).isEqualTo("offline");
    assertThat(at(merge, "features", "spo2", "properties", "saturation", "validity"))
        .isEqualTo("stale");
    assertThat(at(merge, "features", "spo2", "properties", "pulseRate", "validity"))
        .isEqualTo("stale");
    assertThat(at(merge, "features", "spo2", "properties", "pulseRate", "value"))
        .isEqualTo(new BigDecimal("70"));
    assertThat(at(merge, "features", "spo2", "properties", "pulseRate", "freshness"))
        .isEqualTo("disconnected");
    assertThat(at(merge, "features", "link", "properties", "expiresAt")).isEqualTo(Patch.REMOVE);
  }

  @Test
  void aValueMeasuredAgainIsToldAsUnchangedAndALivingLinkSaysUntilWhenItCounts() {
    twin = twin.with(new LinkState(LinkState.Status.ONLINE, now, ""));
    provision();
    settleFirst();
    observe(spo2, 97);
    var first = due();
    settle(new Answer.Stored(), now);
    now = now.plus(Outbox.REFRESH);
    observe(spo2, 97);
    var again = due();

    assertThat(at(first, "features", "spo2", "properties", "saturation", "freshness"))
        .isEqualTo("fresh");
    assertThat(at(again, "features", "spo2", "properties", "saturation", "freshness"))
        .isEqualTo("unchanged");
    assertThat(at(again, "features", "link", "properties", "expiresAt"))
        .isEqualTo(PatchWriter.time(now.plus(Outbox.EXPIRY)));
    settle(new Answer.Stored(), now);
    now = now.plus(Outbox.LAST_SEEN);
    assertThat(next()).as("a quiet device's link is kept alive").isPresent();
  }

  @Test
  void aClockThatIsSetBackByAnHourHoldsNothingUp() {
    twin = twin.with(new LinkState(LinkState.Status.ONLINE, now, ""));
    provision();
    settleFirst();
    observe(spo2, 97);
    due();
    settle(new Answer.Stored(), now);
    now = now.minus(Duration.ofHours(1));
    observe(spo2, 97);
    now = now.plus(Outbox.WINDOW);

    assertThat(at((Merge) next().orElseThrow(), "features", "spo2", "properties", "saturation"))
        .isNotNull();
    twin = twin.agedTo(now);
    now = now.plusSeconds(3);
    assertThat(twin.agedTo(now).property(spo2).orElseThrow().stale())
        .as("a silence is noticed as soon as ever")
        .isTrue();
  }

  @Test
  void theLaneIsBoundedAndWhatDoesNotFitIsCounted() {
    int line = ledger.line(Ledger.Other.EVENTS);
    for (int i = 0; i < Lane.LIMIT + 5; i++) {
      ledger.received(line);
      outbox.event(
          new io.medtwin.twin.normalizer.Finding.Occurrence(
              new io.medtwin.spi.DeviceEvent("log", "", null), 0, "", now),
          now);
    }

    assertThat(outbox.waitingInLane()).isEqualTo(Lane.LIMIT);
    assertThat(outbox.balance(line)).isEqualTo(new Balance(Lane.LIMIT + 5, 0, 0, Lane.LIMIT, 0, 5));
  }

  private void provision() {
    next();
    settle(new Answer.Provisioned(true, 0, 0), now);
  }

  @Test
  void whatJsonCannotShowOfANumberStandsBesideIt() {
    provision();
    settleFirst();

    assertThat(told("5.00", Set.of())).containsEntry("decimals", 2L);
    assertThat(told("97", Set.of())).containsEntry("decimals", Patch.REMOVE);
    assertThat(told("98", Set.of())).doesNotContainKey("decimals");
    assertThat(told("15.4", Set.of())).doesNotContainKey("decimals");
    assertThat(told("0.10", Set.of())).containsEntry("decimals", 2L);
    assertThat(told("1.2E+1", Set.of())).containsEntry("decimals", Patch.REMOVE);
    assertThat(told("9E+1", Set.of())).containsEntry("decimals", -1L);
  }

  @Test
  void modeFlagsAndBoundAreTakenAwayWhenTheyEnd() {
    provision();
    settleFirst();

    var first = told("97", Set.of(Flag.DEMO, Flag.EARLY, Flag.VALIDATED));
    assertThat(first).containsEntry("mode", "demo").containsEntry("flags", "early validated");
    assertThat(told("97", Set.of()))
        .containsEntry("mode", Patch.REMOVE)
        .containsEntry("flags", Patch.REMOVE);
    assertThat(told("100", Set.of(Flag.OVERFLOW)))
        .containsEntry("value", Patch.REMOVE)
        .containsEntry("validity", "overflow")
        .containsEntry("bound", new BigDecimal("100"));
    assertThat(told("97", Set.of())).containsEntry("bound", Patch.REMOVE).containsKey("value");
  }

  @Test
  void aClockIsToldWithTheNextMergeAndAtOnceWhereItIsOfAnotherKind() {
    provision();
    settleFirst();
    outbox.clockObserved(clock(ClockQuality.GATEWAY, null, 0), now);
    assertThat(outbox.isPending()).isFalse();
    observe(spo2, 97);
    var merge = due();
    assertThat(at(merge, "features", "clock", "properties", "quality")).isEqualTo("gateway");
    settle(new Answer.Stored(), now);

    now = now.plusSeconds(5);
    outbox.clockObserved(clock(ClockQuality.ALIGNED, 1_500L, 1), now);
    merge = due();
    assertThat(at(merge, "features", "clock", "properties", "offsetMs")).isEqualTo(1_500L);
    settle(new Answer.Stored(), now);

    now = now.plusSeconds(5);
    outbox.clockObserved(clock(ClockQuality.ALIGNED, 2_500L, 1), now);
    assertThat(next()).isEmpty();
    observe(spo2, 90);
    assertThat(at(due(), "features", "clock", "properties", "offsetMs")).isEqualTo(2_500L);
  }

  private ClockStatus clock(ClockQuality quality, @Nullable Long offset, int timeline) {
    return new ClockStatus(quality, offset, 100, now, timeline, null, now);
  }

  /** The property of the merge that tells a reading. */
  private Map<String, Object> told(String number, Set<Flag> flags) {
    now = now.plusSeconds(20);
    var reading = Reading.of("spo2", Numeric.of(number, "%")).with(flags);
    var finding = new Normalizer(profile, UNITS).normalize(new Received("ox-1", reading, now, 1));
    twin = twin.with((Observation) finding, now);
    ledger.received(ledger.line(spo2));
    outbox.observed(spo2, twin.property(spo2).orElseThrow(), now);
    var merge = due();
    settle(new Answer.Stored(), now);
    return at(merge, "features", "spo2", "properties", "saturation") instanceof Patch patch
        ? patch.members()
        : Map.of();
  }

  private void settle(Answer answer, Instant at) {
    outbox.settle(answer, twin, at);
  }

  private Balance balance(Metric metric) {
    var balance = outbox.balance(ledger.line(metric));
    assertThat(balance.isExact()).as("%s", balance).isTrue();
    return balance;
  }

  /**
   * Lets the merge that tells attributes and link go out, and waits until nothing holds the next
   * one back.
   */
  private void settleFirst() {
    due();
    settle(new Answer.Stored(), now);
    now = now.plus(Outbox.WINDOW);
  }

  private Optional<TwinCommand> next() {
    return outbox.next(twin, null, now);
  }

  private Merge due() {
    now = now.plus(Outbox.GATHER);
    return (Merge) next().orElseThrow();
  }

  private void observe(Metric metric, long number) {
    twin =
        twin.with(
            new Observation(metric, BigDecimal.valueOf(number), Validity.VALID, Mode.REAL, now),
            now);
    ledger.received(ledger.line(metric));
    outbox.observed(metric, twin.property(metric).orElseThrow(), now);
  }

  private void alert(String occurrence, Phase phase) {
    var alert =
        new Alert(
            occurrence, "AL_PROBE", phase, Alert.Priority.HIGH, Alert.Kind.UNKNOWN, "", null, null);
    var told = new AlertChange(alert, 0, "Probe off", now);
    var ended = phase == Phase.END ? twin.alerts().get(occurrence) : null;
    twin = twin.with(told);
    ledger.received(ledger.line(Ledger.Other.ALERTS));
    outbox.alert(twin, told, ended, now);
  }

  private Metric metric(String parameter) {
    return Objects.requireNonNull(profile.metric(parameter));
  }

  private static Patch features(Merge merge) {
    return (Patch) Objects.requireNonNull(at(merge, "features"));
  }

  private static @Nullable Object at(Merge merge, String... path) {
    Object here = merge.patch();
    for (String name : List.of(path)) {
      here = here instanceof Patch patch ? patch.members().get(name) : null;
    }
    return here;
  }
}
