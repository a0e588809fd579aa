package io.medtwin.twin.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.journal.Received;
import io.medtwin.spi.Absent;
import io.medtwin.spi.Alert;
import io.medtwin.spi.Coded;
import io.medtwin.spi.DeviceEvent;
import io.medtwin.spi.DeviceTime;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Reading.Flag;
import io.medtwin.spi.Report;
import io.medtwin.twin.normalizer.Finding.AlertChange;
import io.medtwin.twin.normalizer.Finding.Mode;
import io.medtwin.twin.normalizer.Finding.Observation;
import io.medtwin.twin.normalizer.Finding.Rejected;
import io.medtwin.twin.normalizer.Finding.Unmapped;
import io.medtwin.twin.profile.TestProfiles;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NormalizerTest {

  private static final Instant NOW = Instant.parse("2026-02-19T08:00:00Z");
  private final Normalizer normalizer = new Normalizer(TestProfiles.oximeter(), new Units());

  @Test
  void aNumberInItsOwnUnitKeepsItsScale() {
    var observation = observe(Reading.of("spo2", Numeric.of("97.00", "%")));

    assertThat(observation.value()).isEqualTo(new BigDecimal("97.00"));
    assertThat(observation.validity()).isEqualTo(Validity.VALID);
    assertThat(observation.observedAt()).isEqualTo(NOW);
  }

  @Test
  void aFractionBecomesPercentBecauseItsUnitSaysSo() {
    assertThat(observe(Reading.of("spo2", Numeric.of("0.97", "1"))).value())
        .isEqualTo(new BigDecimal("97"));
  }

  @Test
  void fahrenheitBecomesCelsius() {
    assertThat(observe(Reading.of("temperature", Numeric.of("98.6", "[degF]"))).value())
        .isEqualTo(new BigDecimal("37"));
    assertThat(observe(Reading.of("temperature", Numeric.of("97", "[degF]"))).value())
        .isEqualTo(new BigDecimal("36.11"));
  }

  @Test
  void aUnitTheProfileTranslatesIsUnderstood() {
    assertThat(observe(Reading.of("pulse-rate", Numeric.of("72", "bpm"))).value())
        .isEqualTo(new BigDecimal("72"));
  }

  @Test
  void aUnitOfAnotherDimensionIsQuarantinedNotConverted() {
    assertThat(normalize(Reading.of("spo2", Numeric.of(97, "mm[Hg]"))))
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected -> assertThat(rejected.why()).contains("%").contains("mm[Hg]"));
  }

  @Test
  void aNumberWhereTheProfileSaysAWordIsQuarantined() {
    assertThat(normalize(Reading.of("state", Numeric.of(1, "1")))).isInstanceOf(Rejected.class);
  }

  @Test
  void anImplausibleNumberIsQuestionableButNeverDeleted() {
    var observation = observe(Reading.of("spo2", Numeric.of(104, "%")));

    assertThat(observation.validity()).isEqualTo(Validity.QUESTIONABLE);
    assertThat(observation.value()).isEqualTo(new BigDecimal("104"));
  }

  @ParameterizedTest
  @EnumSource(Absent.Reason.class)
  void anAbsentValueNeverBecomesANumber(Absent.Reason reason) {
    var observation = observe(Reading.of("spo2", new Absent(reason)));

    assertThat(observation.value()).isNull();
    assertThat(observation.validity()).isNotEqualTo(Validity.VALID);
  }

  @Test
  void ofSeveralFlagsTheMostSevereWinsAndModeStandsApart() {
    var reading =
        Reading.of("spo2", Numeric.of(97, "%"))
            .with(Set.of(Flag.EARLY, Flag.QUESTIONABLE, Flag.VALIDATED, Flag.DEMO));
    var observation = observe(reading);

    assertThat(observation.validity()).isEqualTo(Validity.QUESTIONABLE);
    assertThat(observation.mode()).isEqualTo(Mode.DEMO);
  }

  @Test
  void anInvalidValueIsNotPublished() {
    assertThat(observe(Reading.of("spo2", Numeric.of(97, "%")).with(Flag.INVALID)).value())
        .isNull();
  }

  @Test
  void aWordIsTranslatedAndAnUnknownWordStaysVisible() {
    assertThat(observe(Reading.of("state", new Coded("RUN"))).value()).isEqualTo("on");
    assertThat(observe(Reading.of("state", new Coded("ODD"))).value()).isEqualTo("ODD");
  }

  @Test
  void anUnknownParameterIsUnmappedNotLost() {
    assertThat(normalize(Reading.of("perfusion", Numeric.of("1.2", "%"))))
        .isInstanceOfSatisfying(
            Unmapped.class, unmapped -> assertThat(unmapped.parameter()).isEqualTo("perfusion"));
  }

  @Test
  void aDeviceTimeIsTakenOnlyWhenItIsNearArrival() {
    var reading = Reading.of("spo2", Numeric.of(97, "%"));
    var minuteAgo = NOW.minusSeconds(60);

    assertThat(observe(reading.at(new DeviceTime.Utc(minuteAgo, false))).observedAt())
        .isEqualTo(minuteAgo);
    assertThat(observe(reading.at(new DeviceTime.Ago(Duration.ofMillis(2_500)))).observedAt())
        .isEqualTo(NOW.minusMillis(2_500));
    assertThat(observe(reading.at(new DeviceTime.Utc(NOW.plusSeconds(600), true))).observedAt())
        .isEqualTo(NOW);
    assertThat(observe(reading.at(new DeviceTime.Utc(NOW.minusSeconds(90_000), true))).observedAt())
        .isEqualTo(NOW);
    assertThat(
            observe(reading.at(new DeviceTime.Local(LocalDateTime.of(2001, 1, 1, 0, 0))))
                .observedAt())
        .isEqualTo(NOW);
  }

  @ParameterizedTest
  @CsvSource({
    "mdc-196940, 196940",
    "mdc-258048, 0", // of the maker: it means what the maker says
    "mdc-150456, 0", // a measurement
    "mdc-999999, 0",
    "mdc-0196940, 0",
    "196940, 0"
  })
  void anEventThatIsNamedByItsNumberNeedsNoLineOfAProfile(String code, int event) {
    assertThat(normalize(Alert.of(code, Alert.Phase.START)))
        .isInstanceOfSatisfying(
            AlertChange.class, change -> assertThat(change.event()).isEqualTo(event));
    assertThat(normalize(new DeviceEvent(code, "", null)))
        .isInstanceOfSatisfying(
            Finding.Occurrence.class, found -> assertThat(found.term()).isEqualTo(event));
  }

  @Test
  void anAlertGetsItsEventCodeAndTheTextOfTheProfileWhereTheDeviceSendsNone() {
    assertThat(normalize(Alert.of("AL_PROBE", Alert.Phase.START)))
        .isInstanceOfSatisfying(
            AlertChange.class,
            change -> {
              assertThat(change.event()).isEqualTo(196916);
              assertThat(change.text()).isEqualTo("Probe off");
            });
    assertThat(normalize(Alert.of("AL_ODD", Alert.Phase.START)))
        .isInstanceOfSatisfying(AlertChange.class, change -> assertThat(change.event()).isZero());
  }

  private Observation observe(Reading reading) {
    return (Observation) normalize(reading);
  }

  private Finding normalize(Report report) {
    return normalizer.normalize(new Received("ox-1", report, NOW, 1));
  }
}
