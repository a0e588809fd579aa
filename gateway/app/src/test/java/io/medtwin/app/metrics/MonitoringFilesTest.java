package io.medtwin.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be known of dashboard and alert rules without Grafana. */
@Timeout(120)
class MonitoringFilesTest {

  @Test
  void everyPanelOfTheDashboardAsksSomethingAndLiesBesideTheOthers() throws IOException {
    var ids = new ArrayList<Integer>();
    var places = new ArrayList<String>();
    for (var panel : MonitoringFiles.dashboard().path("panels")) {
      ids.add(panel.path("id").asInt());
      assertThat(panel.path("title").asString()).isNotBlank();
      var at = panel.path("gridPos");
      assertThat(at.path("x").asInt() + at.path("w").asInt()).isLessThanOrEqualTo(24);
      for (int x = 0; x < at.path("w").asInt(); x++) {
        for (int y = 0; y < at.path("h").asInt(); y++) {
          places.add((at.path("x").asInt() + x) + "/" + (at.path("y").asInt() + y));
        }
      }
      if (!panel.path("type").asString().equals("row")) {
        assertThat(panel.path("targets").size()).as(panel.path("title").asString()).isPositive();
      }
    }
    assertThat(ids).hasSizeGreaterThan(25).doesNotHaveDuplicates();
    assertThat(places).doesNotHaveDuplicates();
  }

  @Test
  void everyRuleSaysWhatHappenedAndWhatToDo() throws IOException {
    assertThat(MonitoringFiles.rules())
        .hasSizeGreaterThan(20)
        .allSatisfy(
            rule -> {
              var name = rule.path("alert").asString();
              assertThat(name).startsWith("MedTwin");
              assertThat(rule.path("for").isString() || rule.path("expr").asString().contains("["))
                  .as("%s waits, or looks back", name)
                  .isTrue();
              assertThat(rule.path("labels").path("severity").asString())
                  .isIn("critical", "warning", "info");
              for (String text : List.of("summary", "description", "runbook")) {
                assertThat(rule.path("annotations").path(text).asString())
                    .as("%s of %s", text, name)
                    .isNotBlank();
              }
            });
    assertThat(MonitoringFiles.rules())
        .extracting(rule -> rule.path("alert").asString())
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "check config prometheus.yaml",
        "check rules medtwin-alerts.yaml",
        "test rules medtwin-alerts.test.yaml"
      })
  void promtoolFindsNothingWrong(String command) throws Exception {
    var said = promtool(command, "");

    assertThat(said.getValue()).contains("SUCCESS").doesNotContain("FAILED");
    assertThat(said.getKey()).as(said.getValue()).isZero();
  }

  /** Exit code and what promtool says; the test is skipped where it is not installed. */
  static Map.Entry<Integer, String> promtool(String command, String input) throws Exception {
    var tool = onPath("promtool");
    assumeTrue(
        tool.isPresent(),
        "promtool is not on the PATH; Debian: apt-get install --no-install-recommends prometheus");
    var words = new ArrayList<String>(List.of(tool.orElseThrow().toString()));
    words.addAll(List.of(command.split(" ")));
    var process =
        new ProcessBuilder(words)
            .directory(MonitoringFiles.PROMETHEUS.toFile())
            .redirectErrorStream(true)
            .start();
    try (var in = process.outputWriter()) {
      in.write(input);
    }
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return Map.entry(process.exitValue(), said);
  }

  private static Optional<Path> onPath(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
