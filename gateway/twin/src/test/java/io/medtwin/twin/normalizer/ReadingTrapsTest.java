package io.medtwin.twin.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.journal.Received;
import io.medtwin.spi.Absent;
import io.medtwin.spi.Alert;
import io.medtwin.spi.Coded;
import io.medtwin.spi.DeviceTime;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Reading.Flag;
import io.medtwin.spi.Report;
import io.medtwin.spi.Samples;
import io.medtwin.twin.normalizer.Finding.AlertChange;
import io.medtwin.twin.normalizer.Finding.Mode;
import io.medtwin.twin.normalizer.Finding.Observation;
import io.medtwin.twin.normalizer.Finding.Rejected;
import io.medtwin.twin.normalizer.Finding.Undated;
import io.medtwin.twin.normalizer.Finding.Unmapped;
import io.medtwin.twin.normalizer.Finding.Wave;
import io.medtwin.twin.normalizer.Finding.WaveStopped;
import io.medtwin.twin.profile.TestProfiles;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Traps of units and values, and the defects of the field as far as a report can have them. */
class ReadingTrapsTest {

  private static final Instant NOW = Instant.parse("2026-02-19T08:00:00Z");

  private static final String PROFILE =
      TestProfiles.OXIMETER.replace(
          "alerts:\n",
          """
            infusion:
              remaining: { from: time-remaining, unit: min, kind: setting }
              breaths: { from: breaths, unit: /min }
              beats: { from: beats, unit: /min }
          alerts:
          """);

  private static final Normalizer NORMALIZER =
      new Normalizer(TestProfiles.profile(PROFILE), new Units());

  static Stream<Arguments> rows() {
    return Stream.of(
        row(
            "remaining time in seconds: convert by unit",
            number("time-remaining", "90", "s"),
            isNumber("1.5")),
        row(
            "remaining time in minutes: convert by unit",
            number("time-remaining", "90", "min"),
            isNumber("90")),
        row("/min of beats: one UCUM unit", number("beats", "71", "{beat}/min"), isNumber("71")),
        row(
            "/min of breaths: one UCUM unit, the term tells them apart",
            number("breaths", "14", "{breath}/min"),
            finding ->
                assertThat(finding)
                    .isInstanceOfSatisfying(
                        Observation.class,
                        seen -> assertThat(seen.metric().name()).isEqualTo("breaths"))),
        row(
            "body temperature 98.6 [degF]: unit before range",
            number("temperature", "98.6", "[degF]"),
            isNumber("37")),
        row(
            "body temperature 98.6 without unit: not taken for Celsius",
            number("temperature", "98.6", "1"),
            isRejected()),
        row(
            "SpO2 as 0.97 with the unit of a fraction: scaled",
            number("spo2", "0.97", "1"),
            isNumber("97")),
        row("SpO2 as 0.97 with %: stays 0.97", number("spo2", "0.97", "%"), isNumber("0.97")),
        row("a unit of another dimension: quarantine", number("spo2", "97", "Cel"), isRejected()),
        row("a unit that is none: quarantine", number("spo2", "97", "prozent"), isRejected()),
        row(
            "a unit with a power that the library would work on for minutes: quarantine, at once",
            number("spo2", "97", "10*99"),
            isRejected()),
        row(
            "a factor in the unit of a count: converted",
            number("spo2", "97", "/100"),
            isNumber("97")),
        row("5.00 is not 5", number("spo2", "5.00", "%"), isNumber("5.00")),
        row("0.0 has a decimal", number("spo2", "0.0", "%"), isNumber("0.0")),
        row(
            "a number of no quantity: quarantine, at no cost",
            Reading.of("spo2", new Numeric(new BigDecimal("1E+2147483647"), "%")),
            isRejected()),
        row(
            "a number of a thousand digits: quarantine",
            Reading.of("spo2", new Numeric(new BigDecimal("9".repeat(1_000)), "%")),
            isRejected()),
        row(
            "numeric with a missing value and a status flag",
            Reading.of("spo2", new Absent(Absent.Reason.SENSOR_OFF)).with(Flag.INVALID),
            finding ->
                assertThat(finding)
                    .isInstanceOfSatisfying(
                        Observation.class,
                        seen -> {
                          assertThat(seen.value()).isNull();
                          assertThat(seen.validity()).isEqualTo(Validity.INVALID);
                        })),
        row(
            "test data: a mode beside the value",
            number("spo2", "97", "%").with(Flag.TEST),
            hasMode(Mode.TEST)),
        row(
            "demo data: a mode beside the value",
            number("spo2", "97", "%").with(Flag.DEMO),
            hasMode(Mode.DEMO)),
        row(
            "several tokens at once: each has its place",
            number("spo2", "97", "%").with(Set.of(Flag.QUESTIONABLE, Flag.EARLY, Flag.DEMO)),
            finding ->
                assertThat(finding)
                    .isInstanceOfSatisfying(
                        Observation.class,
                        seen -> {
                          assertThat(seen.validity()).isEqualTo(Validity.QUESTIONABLE);
                          assertThat(seen.mode()).isEqualTo(Mode.DEMO);
                          assertThat(seen.flags().has(Flag.EARLY)).isTrue();
                        })),
        row(
            "no offset: the arrival counts, no zone is assumed",
            number("spo2", "97", "%").at(new DeviceTime.Local(LocalDateTime.of(2026, 1, 1, 1, 1))),
            isObservedAt(NOW)),
        row(
            "future time: the arrival counts",
            number("spo2", "97", "%").at(new DeviceTime.Utc(NOW.plusSeconds(9_999), true)),
            isObservedAt(NOW)),
        row(
            "stored without a time: not in the live state",
            number("spo2", "97", "%").with(Flag.STORED),
            finding -> assertThat(finding).isInstanceOf(Undated.class)),
        row(
            "stored, unknown to the profile, without a time: not in the live state",
            number("odd", "97", "%").with(Flag.STORED),
            finding -> assertThat(finding).isInstanceOf(Undated.class)),
        row(
            "a parameter nobody knows: visible as it was sent",
            number("private-61441", "97", "%"),
            finding -> assertThat(finding).isInstanceOf(Unmapped.class)),
        row(
            "a word where a number belongs: quarantine",
            Reading.of("spo2", new Coded("97")),
            isRejected()),
        row(
            "alert update before start: taken",
            Alert.of("AL_PROBE", Alert.Phase.UPDATE),
            finding -> assertThat(finding).isInstanceOf(AlertChange.class)),
        row(
            "alert with a vendor priority: unknown, never guessed",
            Alert.of("AL_7", Alert.Phase.START),
            finding ->
                assertThat(finding)
                    .isInstanceOfSatisfying(
                        AlertChange.class,
                        change ->
                            assertThat(change.alert().priority())
                                .isEqualTo(Alert.Priority.UNKNOWN))),
        row(
            "wave with fewer samples than its interval: not stretched",
            Reading.of("pleth", Samples.of(new int[] {1, 2, 3}, 75, 1, 0, "1")),
            finding ->
                assertThat(finding)
                    .isInstanceOfSatisfying(
                        Wave.class,
                        wave -> {
                          assertThat(wave.count()).isEqualTo(3);
                          assertThat(wave.ratePerSecond()).isEqualTo(75);
                        })),
        row(
            "a wave whose sensor is off: stopped",
            Reading.of("pleth", new Absent(Absent.Reason.SENSOR_OFF)),
            finding -> assertThat(finding).isInstanceOf(WaveStopped.class)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void aTrapHasItsRightAnswer(String row, Report report, Consumer<Finding> check) {
    assertThat(row).isNotBlank();
    check.accept(NORMALIZER.normalize(new Received("ox-1", report, NOW, 1)));
  }

  private static Reading number(String parameter, String amount, String unit) {
    return Reading.of(parameter, Numeric.of(amount, unit));
  }

  private static Consumer<Finding> isNumber(String number) {
    return finding ->
        assertThat(finding)
            .isInstanceOfSatisfying(
                Observation.class,
                seen -> assertThat(seen.value()).isEqualTo(new BigDecimal(number)));
  }

  private static Consumer<Finding> isRejected() {
    return finding -> assertThat(finding).isInstanceOf(Rejected.class);
  }

  private static Consumer<Finding> hasMode(Mode mode) {
    return finding ->
        assertThat(finding)
            .isInstanceOfSatisfying(
                Observation.class, seen -> assertThat(seen.mode()).isEqualTo(mode));
  }

  private static Consumer<Finding> isObservedAt(Instant at) {
    return finding ->
        assertThat(finding)
            .isInstanceOfSatisfying(
                Observation.class, seen -> assertThat(seen.observedAt()).isEqualTo(at));
  }

  private static Arguments row(String wording, Report report, Consumer<Finding> check) {
    return Arguments.of(wording, report, check);
  }
}
