package io.medtwin.twin.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.twin.normalizer.Finding.Mode;
import io.medtwin.twin.normalizer.Finding.Observation;
import io.medtwin.twin.normalizer.Validity;
import io.medtwin.twin.state.Twin;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassPeriodsTest {

  private static final Instant NOW = Instant.parse("2026-02-19T08:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "infusion-pump, 157784, 30",
    "syringe-pump, 157784, 30",
    "patient-monitor, 150456, 5",
    "pulse-oximeter, 150456, 5",
    "patient-monitor, 150021, 7200",
    "wearable, 150021, 7200",
    "wearable, 150456, 900",
    "glucose-monitor, 160184, 900"
  })
  void aNumberWithoutAStatedPeriodCountsAsLongAsIsUsualForItsClass(
      String deviceClass, int code, long seconds) {
    var metric = only(read(deviceClass, "n: { from: n, code: " + code + ", unit: \"1\" }"));

    assertThat(metric.period()).isNull();
    assertThat(metric.staleAfter()).hasValue(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "n: { from: n, unit: \"1\", period: change }",
        "n: { from: n, kind: setting, unit: \"1\" }",
        "n: { from: n, kind: text }",
        "n: { from: n, kind: enum }"
      })
  void whatIsSaidWhenItChangesNeverTurnsStaleByTime(String metric) {
    assertThat(only(read("patient-monitor", metric)).staleAfter()).isEmpty();
  }

  /** A cuff's number of an hour ago must not make a monitor look alive that says nothing. */
  @Test
  void aNumberThatCountsForHoursDoesNotKeepADeviceAlive() {
    var profile =
        read(
            "patient-monitor",
            "spo2: { from: spo2, code: 150456, unit: \"%\", period: 1s }\n"
                + "    systolic: { from: systolic, code: 150021, unit: \"mm[Hg]\" }");
    var twin =
        Twin.unheard(profile, NOW)
            .with(observed(profile, "spo2", NOW), NOW)
            .with(observed(profile, "systolic", NOW), NOW)
            .agedTo(NOW.plusSeconds(3));

    assertThat(twin.isSilent()).isTrue();
    assertThat(twin.property(Objects.requireNonNull(profile.metric("systolic"))))
        .hasValueSatisfying(property -> assertThat(property.stale()).isFalse());
  }

  @Test
  void anOldNumberOfACuffDoesNotMakeAMonitorThatTalksLookStale() {
    var profile =
        read(
            "patient-monitor",
            "spo2: { from: spo2, code: 150456, unit: \"%\", period: 1s }\n"
                + "    systolic: { from: systolic, code: 150021, unit: \"mm[Hg]\" }");
    var later = NOW.plus(Duration.ofHours(3));
    var twin =
        Twin.unheard(profile, NOW)
            .with(observed(profile, "systolic", NOW), NOW)
            .with(observed(profile, "spo2", later), later)
            .agedTo(later);

    assertThat(twin.property(Objects.requireNonNull(profile.metric("systolic"))))
        .hasValueSatisfying(property -> assertThat(property.stale()).isTrue());
    assertThat(twin.isFresh()).isTrue();
  }

  @Test
  void aDeviceOfWhichNoPeriodIsStatedIsFreshForTheTimeOfItsClass() {
    var profile = read("wearable", "rate: { from: rate, code: 8454258, unit: \"/min\" }");
    var twin = Twin.unheard(profile, NOW).with(observed(profile, "rate", NOW), NOW);

    assertThat(twin.agedTo(NOW.plusSeconds(900)).isFresh()).isTrue();
    assertThat(twin.agedTo(NOW.plusSeconds(901)).isSilent()).isTrue();
  }

  private static Observation observed(Profile profile, String parameter, Instant at) {
    var metric = Objects.requireNonNull(profile.metric(parameter));
    return new Observation(metric, BigDecimal.valueOf(97), Validity.VALID, Mode.REAL, at);
  }

  private static Metric only(Profile profile) {
    return profile.metrics().getFirst();
  }

  private static Profile read(String deviceClass, String metrics) {
    return TestProfiles.profile(
        "profile: class\nversion: 1.0.0\nmanufacturer: A\nmodel: B\nclass: "
            + deviceClass
            + "\ndriver: d\nchannels:\n  c:\n    "
            + metrics
            + "\n");
  }
}
