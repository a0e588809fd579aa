package io.medtwin.twin.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.journal.Received;
import io.medtwin.spi.Absent;
import io.medtwin.spi.DeviceTime;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Reading.Flag;
import io.medtwin.spi.Value;
import io.medtwin.twin.normalizer.Finding.Mode;
import io.medtwin.twin.normalizer.Finding.Observation;
import io.medtwin.twin.profile.TestProfiles;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Validity of a measurement: IEEE 11073-10207 words and 11073 status bits, and what is taken. */
class ValidityRulesTest {

  private static final Instant NOW = Instant.parse("2026-02-19T08:00:00Z");
  private static final Value NUMBER = Numeric.of("97.0", "%");

  private static final List<Validity> BY_SEVERITY =
      List.of(
          Validity.INVALID,
          Validity.NOT_AVAILABLE,
          Validity.ONGOING,
          Validity.OVERFLOW,
          Validity.UNDERFLOW,
          Validity.CALIBRATING,
          Validity.QUESTIONABLE,
          Validity.EARLY,
          Validity.VALIDATED,
          Validity.VALID);

  private final Normalizer normalizer = new Normalizer(TestProfiles.oximeter(), new Units());

  static Stream<Arguments> rows() {
    return Stream.of(
        row("valid: none set, value", NUMBER, Set.of(), "valid", "97.0", null),
        row("validated (8), value", NUMBER, Set.of(Flag.VALIDATED), "validated", "97.0", null),
        row("msmt-ongoing (10), no value", NUMBER, Set.of(Flag.ONGOING), "ongoing", null, null),
        row("ongoing without a number", absent("ONGOING"), Set.of(), "ongoing", null, null),
        row(
            "questionable (1), value",
            NUMBER,
            Set.of(Flag.QUESTIONABLE),
            "questionable",
            "97.0",
            null),
        row(
            "calibration-ongoing (3), value",
            NUMBER,
            Set.of(Flag.CALIBRATING),
            "calibrating",
            "97.0",
            null),
        row("invalid (0), not published", NUMBER, Set.of(Flag.INVALID), "invalid", null, null),
        row("invalid without a number", absent("INVALID"), Set.of(), "invalid", null, null),
        row("overflow, as bound only", NUMBER, Set.of(Flag.OVERFLOW), "overflow", null, "97.0"),
        row("underflow, as bound only", NUMBER, Set.of(Flag.UNDERFLOW), "underflow", null, "97.0"),
        row("+infinity: overflow", absent("OVERFLOW"), Set.of(), "overflow", null, null),
        row("-infinity: underflow", absent("UNDERFLOW"), Set.of(), "underflow", null, null),
        row(
            "not-available (2), no value",
            absent("NOT_AVAILABLE"),
            Set.of(),
            "not-available",
            null,
            null),
        row("NaN: not-available", absent("NOT_A_NUMBER"), Set.of(), "not-available", null, null),
        row(
            "NRes: questionable without value",
            absent("NOT_AT_THIS_RESOLUTION"),
            Set.of(),
            "questionable",
            null,
            null),
        row(
            "sensor disconnected or off: not-available",
            absent("SENSOR_OFF"),
            Set.of(Flag.QUESTIONABLE),
            "not-available",
            null,
            null),
        row(
            "sensor malfunction: not-available",
            absent("MALFUNCTION"),
            Set.of(),
            "not-available",
            null,
            null),
        row("early-indication (9), value", NUMBER, Set.of(Flag.EARLY), "early", "97.0", null),
        row(
            "an invalid bound is not published",
            NUMBER,
            Set.of(Flag.OVERFLOW, Flag.INVALID),
            "invalid",
            null,
            null),
        row(
            "an implausible number: questionable, never deleted",
            Numeric.of("104", "%"),
            Set.of(),
            "questionable",
            "104",
            null),
        row(
            "an implausible number that is validated: questionable",
            Numeric.of("104", "%"),
            Set.of(Flag.VALIDATED),
            "questionable",
            "104",
            null));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void whatIsSaidOfAValueBecomesItsValidity(
      String row,
      Value value,
      Set<Flag> flags,
      String validity,
      @Nullable String number,
      @Nullable String bound) {
    var observation = observe(value, flags);

    assertThat(observation.validity().word()).as(row).isEqualTo(validity);
    assertThat(observation.value()).isEqualTo(number == null ? null : new BigDecimal(number));
    assertThat(observation.bound()).isEqualTo(bound == null ? null : new BigDecimal(bound));
  }

  /** Every combination of all flags: the most severe wins, and none is lost. */
  @Test
  void ofMoreThanOneBitTheMostSevereWinsAndAllAreKept() {
    var all = Flag.values();
    for (int bits = 0; bits < 1 << all.length; bits++) {
      var said = EnumSet.noneOf(Flag.class);
      for (Flag flag : all) {
        if ((bits & 1 << flag.ordinal()) != 0) {
          said.add(flag);
        }
      }
      var observation = observe(NUMBER, said);

      var expected =
          BY_SEVERITY.stream()
              .filter(validity -> said.stream().anyMatch(flag -> names(flag, validity)))
              .findFirst()
              .orElse(Validity.VALID);
      assertThat(observation.validity()).as("%s", said).isEqualTo(expected);
      for (Flag flag : all) {
        assertThat(observation.flags().has(flag)).as("%s", said).isEqualTo(said.contains(flag));
      }
    }
  }

  @Test
  void testAndDemoAreAModeAndNoValidity() {
    assertThat(observe(NUMBER, Set.of(Flag.TEST)))
        .returns(Mode.TEST, Observation::mode)
        .returns(Validity.VALID, Observation::validity);
    assertThat(observe(NUMBER, Set.of(Flag.DEMO, Flag.INVALID)))
        .returns(Mode.DEMO, Observation::mode)
        .returns(Validity.INVALID, Observation::validity);
    assertThat(observe(NUMBER, Set.of())).returns(Mode.REAL, Observation::mode);
  }

  @Test
  void theTwinShowsFlagsOnlyWhereTheySayMoreThanTheValidity() {
    assertThat(words(NUMBER, Set.of())).isEmpty();
    assertThat(words(NUMBER, Set.of(Flag.QUESTIONABLE))).isEmpty();
    assertThat(words(NUMBER, Set.of(Flag.DEMO))).isEmpty();
    assertThat(words(NUMBER, Set.of(Flag.QUESTIONABLE, Flag.EARLY)))
        .isEqualTo("questionable early");
    assertThat(words(NUMBER, Set.of(Flag.STORED))).isEqualTo("stored");
    assertThat(words(Numeric.of(104, "%"), Set.of())).isEqualTo("implausible");
    assertThat(words(Numeric.of(104, "%"), Set.of(Flag.QUESTIONABLE)))
        .isEqualTo("questionable implausible");
  }

  /** A quality index has a place of its own; however low, the value beside it stays valid. */
  @Test
  void aQualityIndexIsKeptAsGivenAndIsNoValidity() {
    var profile =
        TestProfiles.profile(
            TestProfiles.OXIMETER.replace(
                "    pulseRate:",
                "    quality: { from: spo2-quality, unit: \"1\", period: 1s }\n    pulseRate:"));
    var quality = Reading.of("spo2-quality", Numeric.of("0.10", "1"));

    var finding = new Normalizer(profile, new Units()).normalize(received(quality));

    assertThat(finding)
        .isInstanceOfSatisfying(
            Observation.class,
            seen -> {
              assertThat(seen.value()).isEqualTo(new BigDecimal("0.10"));
              assertThat(seen.validity()).isEqualTo(Validity.VALID);
            });
  }

  private static boolean names(Flag flag, Validity validity) {
    return switch (flag) {
      case TEST, DEMO, STORED -> false;
      case INVALID, QUESTIONABLE, CALIBRATING, ONGOING, EARLY, VALIDATED, OVERFLOW, UNDERFLOW ->
          flag.name().equals(validity.name());
    };
  }

  private String words(Value value, Set<Flag> flags) {
    var observation = observe(value, flags);
    return observation.flags().words(observation.validity());
  }

  private Observation observe(Value value, Set<Flag> flags) {
    return (Observation)
        normalizer.normalize(received(Reading.of("spo2", value).with(flags).at(null)));
  }

  private static Received received(Reading reading) {
    boolean isStored = reading.flags().contains(Flag.STORED);
    var time = isStored ? new DeviceTime.Utc(NOW, true) : null;
    return new Received("ox-1", reading.at(time), NOW, 1);
  }

  private static Absent absent(String reason) {
    return new Absent(Absent.Reason.valueOf(reason));
  }

  private static Arguments row(
      String wording,
      Value value,
      Set<Flag> flags,
      String validity,
      @Nullable String number,
      @Nullable String bound) {
    return Arguments.of(wording, value, flags, validity, number, bound);
  }
}
