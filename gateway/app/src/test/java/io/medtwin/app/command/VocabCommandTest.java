package io.medtwin.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.medtwin.app.Terminal;
import io.medtwin.app.TestInstallation;
import io.medtwin.app.wiring.Installation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VocabCommandTest {

  private static final JsonMapper JSON = new JsonMapper();

  private Terminal terminal;

  @BeforeEach
  void sitDown() throws IOException {
    terminal =
        new Terminal(new Installation(TestInstallation.ROOT.resolve("device-profiles")), Map.of());
  }

  @Test
  void findTellsTheBestFirstWithCodeUnitAndName() {
    assertThat(terminal.run("vocab", "find", "mean arterial")).isEqualTo(ExitCode.OK);
    assertThat(terminal.out().lines().skip(1).findFirst().orElseThrow())
        .matches(
            "150035 +numeric +mm\\[Hg] +Arterial pressure mean +76214-6 +MDC_PRESS_BLD_ART_MEAN");
  }

  @Test
  void findTakesSeveralWordsAndALimit() {
    assertThat(terminal.run("vocab", "find", "--limit", "2", "temperature", "numeric"))
        .isEqualTo(ExitCode.OK);
    assertThat(terminal.out().lines().filter(line -> line.matches("[0-9]+ .*"))).hasSize(2);
  }

  @Test
  void showTellsAllThatIsKnownWithTheBasisOfTheLoincCode() {
    assertThat(terminal.run("vocab", "show", "150456")).isEqualTo(ExitCode.OK);
    assertThat(terminal.out())
        .contains(
            "150456  MDC_PULS_OXIM_SAT_O2",
            "label      SpO2",
            "unit       %, MDC_DIM_PERCENT 262688",
            "LOINC      59408-5, a published implementation guide pairs the two",
            "plausible  from 0 to 100 %; outside is questionable, never an alert",
            "sources    RTMMS, PHD-20601, HL7-PHD-IG, MONITOR-MSG\n")
        .doesNotContain("to be confirmed");
  }

  @ParameterizedTest
  @CsvSource({"150388, MDC_TEMP_SKIN", "mdc_temp_skin, MDC_TEMP_SKIN"})
  void aTermWithASingleSourceIsMarkedSoInWords(String asked, String refid) {
    assertThat(terminal.run("vocab", "show", asked)).isEqualTo(ExitCode.OK);
    assertThat(terminal.out())
        .contains(
            refid,
            "LOINC      39106-0, by its name, not confirmed yet",
            "sources    RTMMS alone: to be confirmed before a value depends on it elsewhere");
  }

  @ParameterizedTest
  @CsvSource({"mmHg", "mm[Hg]", "MDC_DIM_MMHG", "266016"})
  void aUnitIsFoundByEachOfItsSpellings(String unit) {
    assertThat(terminal.run("vocab", "unit", unit)).isEqualTo(ExitCode.OK);
    assertThat(terminal.out()).contains("266016  MDC_DIM_MMHG", "unit       mm[Hg]");
  }

  @Test
  void aWordOfAnEnumerationIsShown() {
    assertThat(terminal.run("vocab", "show", "pump-status-not-infusing")).isEqualTo(ExitCode.OK);
    assertThat(terminal.out()).contains("of         infusing-status", "in twin    notInfusing");
  }

  @ParameterizedTest
  @CsvSource({
    "find tempperature, did you mean \"temperature\"?",
    "show MDC_PULS_OXIM_SAT_02, did you mean \"MDC_PULS_OXIM_SAT_O2\"?",
    "unit mmHgg, did you mean \"mmHg\"?",
    "show 150457, has nothing for \"150457\""
  })
  void whatIsNotThereIsExitCode1WithASuggestion(String line, String message) {
    assertThat(terminal.run(("vocab " + line).split(" "))).isEqualTo(ExitCode.FAILED);
    assertThat(terminal.err()).contains(message);
    assertThat(terminal.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "vocab, a command is missing",
    "vocab find, Missing required parameter",
    "vocab find --limit 0 x, --limit: expected 1 to 200",
    "vocab shw 1, Did you mean"
  })
  void aWrongLineIsExitCode2(String line, String message) {
    assertThat(terminal.run(line.split(" "))).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains(message);
  }

  @Test
  void programsGetJson() throws IOException {
    assertThat(terminal.run("vocab", "find", "--json", "spo2")).isEqualTo(ExitCode.OK);
    var found = JSON.readTree(terminal.out()).path("found").path(0);

    assertThat(found.path("type").asText()).isEqualTo("term");
    assertThat(found.path("code").asInt()).isEqualTo(150456);
    assertThat(found.path("ucum").asText()).isEqualTo("%");
    assertThat(found.path("loincBasis").asText()).isEqualTo("published-ig");
    assertThat(found.path("plausibleHigh").asInt()).isEqualTo(100);
    assertThat(found.path("sources")).hasSize(4);
    assertThat(found.path("singleSource").asBoolean(true)).isFalse();
  }

  @Test
  void programsGetJsonWhereNothingIsFoundToo() throws IOException {
    assertThat(terminal.run("vocab", "show", "--json", "MDC_TEMP_SKINN"))
        .isEqualTo(ExitCode.FAILED);
    var answer = JSON.readTree(terminal.out());

    assertThat(answer.path("found")).isEmpty();
    assertThat(answer.path("suggestion").asText()).contains("MDC_TEMP_SKIN");
  }

  @Test
  void aMissingVocabularyIsExitCode3(@TempDir Path empty) throws IOException {
    var lost = new Terminal(new Installation(empty), Map.of());

    assertThat(lost.run("vocab", "find", "spo2")).isEqualTo(ExitCode.CONFIG);
    assertThat(lost.err()).contains("terms.csv", "cannot be read");
  }
}
