package io.medtwin.twin.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.spi.Alert;
import io.medtwin.spi.Alert.Phase;
import io.medtwin.spi.Numeric;
import io.medtwin.twin.normalizer.Finding.AlertChange;
import io.medtwin.twin.normalizer.Finding.Mode;
import io.medtwin.twin.normalizer.Finding.Observation;
import io.medtwin.twin.normalizer.Finding.Unmapped;
import io.medtwin.twin.normalizer.Validity;
import io.medtwin.twin.profile.Metric;
import io.medtwin.twin.profile.Profile;
import io.medtwin.twin.profile.TestProfiles;
import io.medtwin.twin.state.LinkState.Status;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TwinTest {

  private static final Instant NOW = Instant.parse("2026-02-19T08:00:00Z");
  private final Profile profile = TestProfiles.oximeter();
  private final Metric spo2 = metric("spo2");
  private final Twin unheard = Twin.unheard(profile, NOW);

  @Test
  void theSameObservationTwiceChangesNothingToSee() {
    var once = unheard.with(observed(spo2, 97, NOW), NOW);
    var twice = once.with(observed(spo2, 97, NOW), NOW);

    assertThat(twice.property(spo2)).isEqualTo(once.property(spo2));
  }

  @Test
  void anOlderObservationDoesNotTurnBackTime() {
    var twin = unheard.with(observed(spo2, 97, NOW), NOW);

    assertThat(twin.with(observed(spo2, 80, NOW.minusSeconds(5)), NOW)).isSameAs(twin);
  }

  @Test
  void afterTheGatewaysClockWasSetBackADevicesNextValueCountsThoughItsTimeIsEarlier() {
    var back = NOW.minusSeconds(1_470);
    var before = unheard.with(observed(spo2, 97, NOW.minusMillis(30)), NOW);

    var after = before.with(observed(spo2, 96, back.minusMillis(7)), back);

    assertThat(after).isNotSameAs(before);
    var late = back.plusMillis(1);
    assertThat(after.with(observed(spo2, 95, back.minusSeconds(60)), late)).isSameAs(after);
  }

  @Test
  void aValueThatIsNotRefreshedWithinTwoPeriodsTurnsStaleAndKeepsItsNumberAndTime() {
    var twin = unheard.with(observed(spo2, 97, NOW), NOW);

    assertThat(twin.agedTo(NOW.plusMillis(2_000)).property(spo2))
        .hasValueSatisfying(p -> assertThat(p.stale()).isFalse());
    assertThat(twin.agedTo(NOW.plusMillis(2_001)).property(spo2))
        .hasValueSatisfying(
            property -> {
              assertThat(property.validityWord()).isEqualTo("stale");
              assertThat(property.value()).isEqualTo(new BigDecimal("97"));
              assertThat(property.observedAt()).isEqualTo(NOW);
            });
  }

  @Test
  void aLostLinkMakesEverythingUnderItStaleAtOnce() {
    var twin =
        unheard
            .with(observed(spo2, 97, NOW), NOW)
            .with(new Observation(metric("state"), "on", Validity.VALID, Mode.REAL, NOW), NOW)
            .with(new LinkState(Status.OFFLINE, NOW, "unplugged"));

    assertThat(twin.property(spo2).orElseThrow().stale()).isTrue();
    assertThat(twin.property(metric("state")).orElseThrow().stale()).isTrue();
    assertThat(twin.property(metric("state")).orElseThrow().value()).isEqualTo("on");
  }

  @Test
  void aNewObservationEndsStaleness() {
    var twin =
        unheard
            .with(observed(spo2, 97, NOW), NOW)
            .with(new LinkState(Status.OFFLINE, NOW, "unplugged"));
    var later = NOW.plusSeconds(60);

    assertThat(
            twin.with(observed(spo2, 96, later), later).property(spo2).orElseThrow().validityWord())
        .isEqualTo("valid");
  }

  @Test
  void anAlertWhoseStartWasMissedIsThereFromItsFirstWordAndALateEndEndsNothing() {
    var update = alert("a1", Phase.UPDATE);
    var twin = unheard.with(update);

    assertThat(twin.alerts()).containsOnlyKeys("a1");
    assertThat(twin.with(alert("a1", Phase.END)).alerts()).isEmpty();
    assertThat(unheard.with(alert("a1", Phase.END))).isSameAs(unheard);
  }

  @Test
  void alertsAndUnmappedParametersAreBounded() {
    var twin = unheard;
    for (int i = 0; i < 1_000; i++) {
      twin =
          twin.with(alert("a" + i, Phase.START))
              .with(new Unmapped("p" + i, Numeric.of(i, "1"), NOW));
    }

    assertThat(twin.alerts()).hasSize(Twin.MAX_ALERTS);
    assertThat(twin.unmapped()).hasSize(Twin.MAX_UNMAPPED);
  }

  private static AlertChange alert(String occurrence, Phase phase) {
    var alert =
        new Alert(
            occurrence,
            "AL_PROBE",
            phase,
            Alert.Priority.UNKNOWN,
            Alert.Kind.UNKNOWN,
            "",
            null,
            null);
    return new AlertChange(alert, 0, "Probe off", NOW);
  }

  private static Observation observed(Metric metric, long number, Instant at) {
    return new Observation(metric, BigDecimal.valueOf(number), Validity.VALID, Mode.REAL, at);
  }

  private Metric metric(String parameter) {
    return Objects.requireNonNull(profile.metric(parameter));
  }
}
