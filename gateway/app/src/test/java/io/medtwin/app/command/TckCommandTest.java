package io.medtwin.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.app.Terminal;
import io.medtwin.app.TestInstallation;
import io.medtwin.app.wiring.Installation;
import io.medtwin.testkit.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TckCommandTest {

  @TempDir private static Path shared;
  private static Installation installation;

  @TempDir private Path folder;
  private Terminal terminal;

  @BeforeAll
  static void install() throws IOException {
    installation = TestInstallation.in(shared);
  }

  @BeforeEach
  void sitDown() throws IOException {
    terminal = new Terminal(installation, Map.of());
  }

  /** In short: their own builds try more. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "alaris-asena",
        "ascii-lines",
        "bbraun-bcc",
        "binary-frames",
        "gatt-fields",
        "gatt-vitals",
        "hl7v2",
        "ivy450c-ansarb",
        "json-fields",
        "nonin-oem3",
        "philips-intellivue",
        "senml"
      })
  void aBundledDriverHoldsGold(String driver) {
    int code = tck("run", driver, "--grade", "gold", "--day", "400", "--mutations", "400");

    assertThat(terminal.out()).contains("Grade: Gold");
    assertThat(code).isEqualTo(ExitCode.OK);
  }

  @Test
  void aBrokenRuleIsToldWithItsPageAndALineThatShowsItAgain() throws IOException {
    var own = conversation("< \"VER1\" 0d 0a\n= reading spo2 97 %\n");

    int code = tck("run", "nonin-oem3", "--conversations", own.toString(), "--only", "D2");

    assertThat(code).isEqualTo(ExitCode.FAILED);
    assertThat(terminal.out())
        .contains("D2   Bronze   FAILED", Rule.D2.page(), "medtwin tck run nonin-oem3 --conversat")
        .contains("--only D2 --transcript own/odd --place run-1");
  }

  @Test
  void aReportForScriptsHasEveryRule() throws IOException {
    var own = conversation("< 00\n");

    tck(
        "run",
        "nonin-oem3",
        "--conversations",
        own.toString(),
        "--json",
        "--day",
        "8",
        "--mutations",
        "8");

    assertThat(terminal.out())
        .contains(Stream.of(Rule.values()).map(rule -> "\"rule\":\"" + rule + "\"").toList())
        .contains("\"grade\":");
  }

  @Test
  void aDeclarationWithoutAReasonEndsTheCommand() throws IOException {
    var own = conversation("< 00\n");
    Files.writeString(own.resolve("conformance"), "without checksum\n");

    assertThat(tck("run", "nonin-oem3", "--conversations", own.toString()))
        .isEqualTo(ExitCode.CONFIG);
    assertThat(terminal.err()).contains("conformance, line 1", "reason");
  }

  @Test
  void theSameSeedFuzzesTheSame() {
    tck("fuzz", "nonin-oem3", "--mutations", "300", "--seed", "7");

    assertThat(terminal.out()).contains("nonin-oem3: 30", "shapes, seed 7");
  }

  @Test
  void everyRuleIsListed() {
    assertThat(tck("list")).isEqualTo(ExitCode.OK);
    assertThat(terminal.out()).contains(Stream.of(Rule.values()).map(Rule::title).toList());
  }

  private Path conversation(String text) throws IOException {
    var own = Files.createDirectories(folder.resolve("own"));
    Files.writeString(own.resolve("odd.txt"), text);
    return own;
  }

  private int tck(String... arguments) {
    return terminal.run(
        Stream.concat(Stream.of("tck"), List.of(arguments).stream()).toArray(String[]::new));
  }
}
