package io.medtwin.twin.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.spi.Absent;
import io.medtwin.spi.Alert;
import io.medtwin.twin.document.Problem;
import io.medtwin.twin.document.Problems;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A profile laid over its base, and its variants laid over itself. */
class ProfileLayersTest {

  private static final String BASE =
      """
      profile: ox-base
      version: 2.0.0
      description: The family.
      manufacturer: Testmaker
      model: Ox
      class: pulse-oximeter
      driver: test-driver
      settings: { format: "7" }
      link: { serial: 9600 8N1, cable: straight }
      channels:
        spo2:
          saturation: { from: spo2, code: 150456, unit: "%", period: 1s, deadband: 1 }
          pulseRate: { from: pulse-rate, code: 149530, unit: /min }
        power:
          battery: { from: battery, unit: "%" }
      alerts:
        HIGH: { event: 196648, text: High, priority: high, delay: 10s }
      examples:
        - spo2 97 % -> spo2/saturation 97 % valid
      """;

  @TempDir private Path folder;
  private final Problems problems = new Problems();

  @Test
  void aProfileTakesFromItsBaseWhatItDoesNotSayItself() throws IOException {
    write("ox-base", BASE);
    var profile =
        read(
            "ox-9",
            """
            profile: ox-9
            version: 1.0.0
            base: ox-base
            model: Ox 9
            settings: { format: "8" }
            channels:
              spo2:
                saturation: { deadband: 2, sent: { scale: 0.1, absent: { "127": sensor-off } } }
              power: ~
            events:
              boot: { text: Switched on }
            """);

    assertThat(problems.list()).isEmpty();
    assertThat(profile.version()).isEqualTo("1.0.0");
    assertThat(profile.model().manufacturer()).isEqualTo("Testmaker");
    assertThat(profile.model().name()).isEqualTo("Ox 9");
    assertThat(profile.settings()).containsEntry("format", "8");
    assertThat(profile.linkDefaults()).containsEntry("cable", "straight");
    var saturation = profile.at("spo2/saturation");
    assertThat(saturation).isNotNull();
    assertThat(saturation.code()).isEqualTo(150456);
    assertThat(saturation.deadband()).isEqualTo(new BigDecimal("2"));
    assertThat(saturation.sent().amount(BigDecimal.valueOf(975))).isEqualTo("97.5");
    assertThat(saturation.sent().absent(BigDecimal.valueOf(127)))
        .isEqualTo(Absent.Reason.SENSOR_OFF);
    assertThat(profile.at("power/battery")).isNull();
    assertThat(profile.alert("HIGH"))
        .hasValue(
            new Profile.AlertTerm(
                196648,
                "High",
                Alert.Priority.HIGH,
                java.util.Optional.of(Duration.ofSeconds(10))));
    assertThat(profile.event("boot")).isPresent();
    assertThat(profile.paper().examples()).isEmpty();
  }

  @Test
  void aProblemInTheBaseIsToldInTheFileOfTheBase() throws IOException {
    write("ox-base", BASE.replace("deadband: 1", "deadband: one"));

    var unused = read("ox-9", "profile: ox-9\nversion: 1.0.0\nbase: ox-base\n");

    assertThat(problems.list())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.file()).endsWith("ox-base.yaml");
              assertThat(problem.line()).isEqualTo(12);
            });
  }

  @Test
  void aBaseHasNoBaseItself() throws IOException {
    write("ox-base", BASE);
    write("ox-9", "profile: ox-9\nversion: 1.0.0\nbase: ox-base\n");

    var unused = read("ox-10", "profile: ox-10\nversion: 1.0.0\nbase: ox-9\n");

    assertThat(problems.list())
        .extracting(Problem::toString)
        .anySatisfy(text -> assertThat(text).contains("ox-10.yaml:3:").contains("only one step"));
  }

  @Test
  void theLongestBeginningOfTheFirmwareThatFitsChoosesTheVariant() throws IOException {
    var profile =
        read(
            "ox-base",
            BASE
                + """
                firmware:
                  "2.": { channels: { spo2: { saturation: { sent: { scale: 0.1 } } } } }
                  "2.9": { channels: { spo2: { saturation: { from: sat } } }, withheld: [spo2] }
                """);

    assertThat(problems.list()).isEmpty();
    assertThat(profile.forFirmware("1.4")).isSameAs(profile);
    var two = profile.forFirmware("2.4");
    assertThat(metric(two, "spo2").sent().amount(BigDecimal.TEN)).isEqualTo("1.0");
    assertThat(two.id()).isEqualTo("ox-base");
    var late = profile.forFirmware("2.9.1");
    assertThat(metric(late, "sat").sent()).isEqualTo(Sent.PLAINLY);
    assertThat(late.isWithheld("spo2")).isTrue();
  }

  @Test
  void theVersionHasToRiseAsFarAsTheChangesAsk() throws IOException {
    var before = read("ox-base", BASE);
    assertThat(ProfileDiff.between(before, read("ox-base", BASE))).isEmpty();
    assertThat(faults(before, BASE)).isEmpty();

    assertThat(faults(before, BASE.replace("deadband: 1", "deadband: 2")))
        .singleElement()
        .asString()
        .isEqualTo(
            "spo2/saturation deadband 1 -> 2: needs a new patch version after 2.0.0, is 2.0.0");
    var wider = BASE.replace("  power:", "    sat2: { from: s2, unit: \"%\" }\n  power:");
    assertThat(faults(before, wider.replace("2.0.0", "2.0.1"))).hasSize(1);
    assertThat(faults(before, wider.replace("2.0.0", "2.1.0"))).isEmpty();
    var other = BASE.replace("unit: /min", "unit: Hz");
    assertThat(faults(before, other.replace("2.0.0", "2.1.0")))
        .singleElement()
        .asString()
        .startsWith("spo2/pulseRate unit /min -> Hz: needs a new major version");
    assertThat(faults(before, other.replace("2.0.0", "3.0.0"))).isEmpty();
    var less = BASE.replace("  power:\n    battery: { from: battery, unit: \"%\" }\n", "");
    assertThat(faults(before, less.replace("2.0.0", "2.9.0"))).hasSize(1);
    assertThat(faults(before, BASE.replace("priority: high", "priority: low"))).hasSize(1);
    assertThat(faults(before, less.replace("2.0.0", "1.0.0"))).as("a version that fell").hasSize(1);
  }

  private List<String> faults(Profile before, String after) throws IOException {
    return ProfileDiff.versionFaults(before, read("ox-base", after));
  }

  private static Metric metric(Profile profile, String parameter) {
    return java.util.Objects.requireNonNull(profile.metric(parameter));
  }

  private Profile read(String id, String yaml) throws IOException {
    return ProfileCatalog.readOne(write(id, yaml), List.of(folder), problems).orElseThrow();
  }

  private Path write(String id, String yaml) throws IOException {
    return Files.writeString(folder.resolve(id + ".yaml"), yaml);
  }
}
