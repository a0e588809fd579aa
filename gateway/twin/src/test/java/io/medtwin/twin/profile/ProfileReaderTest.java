package io.medtwin.twin.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.twin.document.Document;
import io.medtwin.twin.document.Problem;
import io.medtwin.twin.document.Problems;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProfileReaderTest {

  @Test
  void aProfileSaysWhereEachParameterBelongs() {
    var profile = TestProfiles.oximeter();
    var saturation = profile.metric("spo2");

    assertThat(saturation).isNotNull();
    assertThat(saturation.channel()).isEqualTo("spo2");
    assertThat(saturation.code()).isEqualTo(150456);
    assertThat(saturation.staleAfter()).contains(Duration.ofSeconds(2));
    assertThat(profile.ucum("bpm")).isEqualTo("/min");
    assertThat(profile.metric("something-else")).isNull();
  }

  @Test
  void allProblemsOfAFileAreReportedTogetherWithLineAndSuggestion() {
    var found =
        problemsOf(
            """
            profile: bad-one
            version: 1.0
            manufacturer: Testmaker
            modell: Ox 1
            class: pulse-oximeter
            driver: test-driver
            channels:
              spo2:
                saturation: { from: spo2, kind: numerc, unit: "%" }
                Other: { from: spo2, unit: "%", period: soon }
              link:
                x: { from: y, unit: "%" }
            """);

    assertThat(found)
        .extracting(Problem::toString)
        .anySatisfy(
            text -> assertThat(text).startsWith("bad.yaml:2:").contains("major.minor.patch"))
        .anySatisfy(
            text ->
                assertThat(text)
                    .startsWith("bad.yaml:4:")
                    .contains("modell")
                    .contains("did you mean \"model\"?"))
        .anySatisfy(
            text ->
                assertThat(text)
                    .startsWith("bad.yaml:9:")
                    .contains("numerc")
                    .contains("did you mean \"numeric\"?"))
        .anySatisfy(text -> assertThat(text).startsWith("bad.yaml:10:").contains("camelCase"))
        .anySatisfy(
            text ->
                assertThat(text).startsWith("bad.yaml:10:").contains("time span").contains("soon"))
        .anySatisfy(
            text ->
                assertThat(text)
                    .startsWith("bad.yaml:10:")
                    .contains("already mapped to spo2.saturation"))
        .anySatisfy(
            text -> assertThat(text).startsWith("bad.yaml:11:").contains("cannot be a channel"));
  }

  @Test
  void aFileThatIsNoYamlIsOneProblemWithItsLine() {
    assertThat(problemsOf("profile: x\n  broken: [1, 2\n"))
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).startsWith("is not YAML"));
  }

  private static List<Problem> problemsOf(String yaml) {
    var problems = new Problems();
    Document.parse("bad.yaml", yaml, problems).ifPresent(ProfileReader::read);
    return problems.list();
  }
}
