package io.medtwin.twin.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.twin.document.Document;
import io.medtwin.twin.document.DocumentException;
import io.medtwin.twin.document.Problems;
import io.medtwin.twin.profile.Metric;
import io.medtwin.twin.profile.Profile;
import io.medtwin.twin.profile.ProfileCatalog;
import io.medtwin.twin.profile.ProfileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The codes of every shipped profile, and that a wrong one would be found. */
class CodeCheckTest {

  private static final Pattern CODE = Pattern.compile("\\b[0-9]{5,7}\\b");

  private final CodeCheck check = new CodeCheck(Shipped.VOCABULARY, Shipped.UNITS);

  static Stream<Profile> shipped() throws DocumentException {
    var problems = new Problems();
    var profiles =
        ProfileCatalog.read(List.of(Shipped.DEVICE_PROFILES.resolve("profiles")), problems).all();
    problems.throwIfAny();
    assertThat(profiles).hasSizeGreaterThanOrEqualTo(9);
    return profiles.stream();
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void everyCodeOfAShippedProfileIsInTheVocabularyAndFits(Profile profile) {
    assertThat(check.problems(profile)).isEmpty();
  }

  @Test
  void theReadmeNamesEveryCodeOfAShippedProfileThatHasASingleSource() throws Exception {
    var single = new TreeSet<Integer>();
    shipped()
        .flatMap(
            profile ->
                Stream.concat(
                    profile.metrics().stream().map(Metric::code),
                    profile.alerts().values().stream().map(Profile.AlertTerm::event)))
        .filter(code -> code != 0 && Shipped.term(code).hasSingleSource())
        .forEach(single::add);

    assertThat(single).isEqualTo(codesOfTheReadme());
  }

  private static TreeSet<Integer> codesOfTheReadme() throws IOException {
    var readme = Files.readString(Shipped.DEVICE_PROFILES.resolve("README.md"));
    var section = readme.substring(readme.indexOf("## Where the codes come from"));
    var codes = new TreeSet<Integer>();
    CODE.matcher(section.replaceAll("IEEE 11073-10101", ""))
        .results()
        .forEach(found -> codes.add(Integer.parseInt(found.group())));
    return codes;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x: { from: x, code: 150457, unit: \"%\" } | no code 150457",
        "x: { from: x, code: 150456, unit: Cel } | another dimension than Cel",
        "x: { from: x, code: 150452, unit: \"1\" } | MDC_PULS_OXIM_PLETH (waveform in 1), the kind"
            + " here is numeric",
        "x: { from: x, code: 157884, unit: mL } | MDC_VOL_FLUID_TBI (setting in mL), the kind here"
            + " is numeric",
        "x: { from: x, kind: setting, code: 150456, unit: \"%\" } | the kind here is setting",
        "x: { from: x, kind: enum, code: 150456 } | the kind here is enum",
        "x: { from: x, kind: waveform, code: 150456, unit: \"%\" } | the kind here is waveform",
        "x: { from: x, kind: enum, code: 184519, words: { a: infusin } } | none of infusing-status,"
            + " which has [infusing, notInfusing]",
      })
  void aMetricThatContradictsTheVocabularyIsTold(String line, String problem) {
    assertThat(check.problems(profile(70053, line, 196940)))
        .singleElement()
        .asString()
        .startsWith("channel-1.x: ")
        .contains(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x: { from: x, code: 8454263, unit: kJ }",
        "x: { from: x, code: 8454247, unit: \"{steps}\" }",
        "x: { from: x, code: 150364, unit: \"[degF]\" }",
        "x: { from: x, code: 150032, unit: \"mm[Hg]\" }",
        "x: { from: x, kind: text, code: 150604 }",
      })
  void aMetricInAnotherUnitOfItsDimensionFits(String line) {
    assertThat(check.problems(profile(0, line, 0))).isEmpty();
  }

  @Test
  void theKindOfDeviceIsAnObjectAndAnAlertIsAnEvent() {
    assertThat(check.problems(profile(150456, "x: { from: x, unit: mL }", 150456)))
        .satisfiesExactly(
            mdc -> assertThat(mdc).startsWith("mdc: 150456 is MDC_PULS_OXIM_SAT_O2"),
            alert -> assertThat(alert).startsWith("alerts.A1: 150456 is MDC_PULS_OXIM_SAT_O2"));
  }

  private static Profile profile(int mdc, String line, int event) {
    var problems = new Problems();
    var profile =
        ProfileReader.read(
            Document.parse(
                    "test.yaml",
                    """
                    profile: test
                    version: 1.0.0
                    manufacturer: ACME
                    model: T1
                    class: test
                    mdc: %d
                    driver: test
                    channels:
                      channel-1:
                        %s
                    alerts:
                      A1: { event: %d, text: Alert }
                    """
                        .formatted(mdc, line, event),
                    problems)
                .orElseThrow());
    assertThat(problems.list()).isEmpty();
    return profile;
  }
}
