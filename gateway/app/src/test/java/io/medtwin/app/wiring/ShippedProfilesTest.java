package io.medtwin.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.app.TestInstallation;
import io.medtwin.runtime.plugin.Plugins;
import io.medtwin.spi.Setting;
import io.medtwin.twin.document.Problems;
import io.medtwin.twin.normalizer.Units;
import io.medtwin.twin.profile.Metric;
import io.medtwin.twin.profile.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedProfilesTest {

  /**
   * {@code = reading spo2 97 %}, the line of a transcript that says what the driver makes of it.
   */
  private static final Pattern READING = Pattern.compile("= (?:device \\S+: )?reading (\\S+) .*");

  private static final Pattern READING_UNIT =
      Pattern.compile("= (?:device \\S+: )?reading (\\S+) -?[0-9.]+ (\\S+)(?: .*)?");

  /** Parameters without a place in a twin, on purpose: seen in its {@code vendor} feature. */
  private static final Map<String, Set<String>> KNOWN_UNMAPPED =
      Map.of(
          "bbraun-space",
          Set.of(
              "concentration", "dose-rate", "innew", "prealarm", "tcimod"), // units vary; unknown
          "senml-patch",
          Set.of("posture"), // made up for a patch of next year
          "json-watch",
          Set.of("hrv"), // the same
          "ivy-450c",
          Set.of("line-other"), // a line no manual we have describes
          "philips-intellivue", // numbers and waves that nobody here knows, a second heart rate
          Set.of("code-4261", "code-f0e3", "heart-rate-2", "wave-50ac"),
          "gatt-blood-pressure",
          Set.of("device-clock")); // a clock that was never set

  private static final Units UNITS = new Units();

  @TempDir private static Path installation;
  private static Plugins plugins;

  @BeforeAll
  static void loadPlugins() throws IOException {
    plugins = TestInstallation.plugins(installation);
  }

  @AfterAll
  static void closePlugins() throws IOException {
    plugins.close();
  }

  static Stream<Profile> profiles() throws Exception {
    var profiles = TestInstallation.profiles().all();
    assertThat(profiles).hasSizeGreaterThanOrEqualTo(9);
    return profiles.stream();
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void aProfileComesUpToItsOwnExamplesUnitsAndDriver(Profile profile) {
    var problems = new Problems();

    ProfileChecks.check(profile, plugins, UNITS, TestInstallation.codes(UNITS), problems);

    assertThat(problems.list()).isEmpty();
    assertThat(profile.paper().examples()).hasSizeGreaterThanOrEqualTo(3);
    assertThat(profile.paper().sources()).as("where its facts come from").isNotEmpty();
  }

  /** Profile, module of its driver's tests, folder of the conversations that they hold it to. */
  static Stream<Arguments> conversations() {
    return Stream.of(
        Arguments.of("gatt-glucose-cgm", "declared", "gatt-glucose-cgm"),
        Arguments.of("harvard-elite11", "declared", "harvard-elite11"),
        Arguments.of("healthypi-openview", "declared", "healthypi-openview"),
        Arguments.of("masimo-ascii1", "declared", "masimo-ascii1"),
        Arguments.of("nellcor-ascii", "declared", "nellcor-ascii"),
        Arguments.of("newera-ne1000", "declared", "newera-ne1000"),
        Arguments.of("nonin-format8", "declared", "nonin-format8"),
        Arguments.of("polar-h10", "declared", "polar-h10"),
        Arguments.of("json-open-mhealth", "declared", "json-open-mhealth"),
        Arguments.of("alaris-asena-gh", "infusion-pumps", "alaris-asena-gh"),
        Arguments.of("bbraun-space", "infusion-pumps", "bbraun-space"),
        Arguments.of("pcd-infusion-pump", "hl7v2", "pcd-infusion-pump"),
        Arguments.of("pcd-monitor", "hl7v2", "pcd-monitor"),
        Arguments.of("ivy-450c", "patient-monitors", "ivy-450c"),
        Arguments.of("nonin-oem3", "patient-monitors", "nonin-oem3"),
        Arguments.of("philips-intellivue", "patient-monitors", "philips-intellivue"),
        Arguments.of("gatt-heart-rate", "declared", "gatt-heart-rate"),
        Arguments.of("gatt-pulse-oximeter", "declared", "gatt-pulse-oximeter"),
        Arguments.of("gatt-thermometer", "declared", "gatt-thermometer"),
        Arguments.of("gatt-blood-pressure", "declared", "gatt-blood-pressure"),
        Arguments.of("senml-patch", "declared", "senml-patch"),
        Arguments.of("json-watch", "declared", "json-watch"));
  }

  @Test
  void everyProfileHasAConversationWithItsDevice() throws Exception {
    assertThat(conversations().map(arguments -> (String) arguments.get()[0]))
        .containsExactlyInAnyOrderElementsOf(
            TestInstallation.profiles().all().stream().map(Profile::id).toList());
  }

  @Test
  void everyDriverHasAProfile() throws Exception {
    assertThat(TestInstallation.profiles().all())
        .extracting(Profile::driver)
        .containsAll(plugins.drivers().stream().map(driver -> driver.descriptor().id()).toList());
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void aProfileNamesADriverThatIsThereAndSettingsThatItTakes(Profile profile) {
    var driver = plugins.driver(profile.driver());
    assertThat(driver).as("driver %s", profile.driver()).isPresent();
    var settings = new LinkedHashMap<String, Setting<?>>();
    driver.get().descriptor().settings().forEach(setting -> settings.put(setting.name(), setting));

    profile
        .settings()
        .forEach(
            (name, text) -> {
              assertThat(settings).containsKey(name);
              assertThat(Objects.requireNonNull(settings.get(name)).parse(text)).isNotNull();
            });
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void everyUnitOfAProfileIsUcum(Profile profile) {
    var units = new Units();
    assertThat(profile.metrics())
        .filteredOn(metric -> !metric.unit().isEmpty())
        .allSatisfy(
            metric ->
                assertThat(units.isUnit(metric.unit()))
                    .as("%s of %s", metric.unit(), metric.name())
                    .isTrue());
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void aNumberHasAUnitAndNoTwoMetricsShareAPlace(Profile profile) {
    assertThat(profile.metrics())
        .filteredOn(metric -> metric.kind() == Metric.Kind.NUMERIC)
        .allSatisfy(metric -> assertThat(metric.unit()).as(metric.name()).isNotEmpty());
    assertThat(profile.metrics())
        .extracting(metric -> metric.channel() + "." + metric.name())
        .doesNotHaveDuplicates();
    assertThat(profile.metrics()).extracting(Metric::parameter).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("conversations")
  void everyParameterOfTheDriversTranscriptsHasAPlaceInTheTwin(
      String profileId, String module, String transcripts) throws Exception {
    var profile = TestInstallation.profiles().find(profileId).orElseThrow();
    var unknown = new TreeSet<String>();
    int seen = 0;
    for (String line : transcriptLines(module, transcripts)) {
      var reading = READING.matcher(line);
      if (reading.matches()) {
        seen++;
        var parameter = reading.group(1);
        if (profile.metric(parameter) == null && !profile.isWithheld(parameter)) {
          unknown.add(parameter);
        }
      }
    }

    assertThat(seen).isPositive();
    assertThat(unknown).isEqualTo(KNOWN_UNMAPPED.getOrDefault(profileId, Set.of()));
  }

  @ParameterizedTest
  @MethodSource("conversations")
  void everyUnitOfTheDriversTranscriptsConvertsToThatOfTheTwin(
      String profileId, String module, String transcripts) throws Exception {
    var profile = TestInstallation.profiles().find(profileId).orElseThrow();
    var units = new Units();
    for (String line : transcriptLines(module, transcripts)) {
      var reading = READING_UNIT.matcher(line);
      var metric = reading.matches() ? profile.metric(reading.group(1)) : null;
      if (metric != null && !metric.unit().isEmpty()) {
        assertThat(
                units.convert(
                    java.math.BigDecimal.TEN, profile.ucum(reading.group(2)), metric.unit()))
            .as("%s to %s: %s", reading.group(2), metric.unit(), line)
            .isPresent();
      }
    }
  }

  private static java.util.List<String> transcriptLines(String module, String folder)
      throws IOException {
    var path =
        TestInstallation.ROOT
            .resolve("drivers")
            .resolve(module)
            .resolve("src/test/resources")
            .resolve(folder);
    try (var files = Files.list(path)) {
      var lines = new java.util.ArrayList<String>();
      for (Path file : files.filter(f -> f.toString().endsWith(".txt")).sorted().toList()) {
        lines.addAll(Files.readAllLines(file));
      }
      return lines;
    }
  }
}
