package io.medtwin.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.app.Terminal;
import io.medtwin.app.TestInstallation;
import io.medtwin.app.wiring.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerateCommandTest {

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

  @Test
  void oneProfileHasItsModelsPolicySheetAndPage() throws IOException {
    assertThat(generate("nonin-oem3", "--site", "st.mary", "--base-url", "http://gw:8085/"))
        .isEqualTo(ExitCode.OK);

    var files = files();
    assertThat(files.keySet())
        .contains(
            "models/nonin-oem3/1.0.0/thing.tm.jsonld",
            "models/nonin-oem3/1.0.0/features/spo2.tm.jsonld",
            "policies/pulse-oximeter.json",
            "simulators/nonin-oem3.yaml",
            "pages/nonin-oem3.md")
        .allSatisfy(file -> assertThat(file).doesNotContain("alaris"));
    assertThat(files.get("policies/pulse-oximeter.json")).contains("\"st.mary:pulse-oximeter\"");
    assertThat(files.get("models/nonin-oem3/1.0.0/thing.tm.jsonld"))
        .contains("\"http://gw:8085/models/nonin-oem3/1.0.0/features/spo2.tm.jsonld\"");
    assertThat(files.get("pages/nonin-oem3.md"))
        .contains("pufferfish", "serial, tcp, udp", "150456", "Sensor fault");
  }

  @Test
  void allMeansEveryProfileAndTheGatewayItself() throws IOException {
    assertThat(generate("all", "--only", "page")).isEqualTo(ExitCode.OK);
    var byWord = files();

    assertThat(byWord.keySet())
        .hasSizeGreaterThanOrEqualTo(10)
        .contains("pages/alaris-asena-gh.md", "pages/medtwin-gateway.md")
        .allMatch(file -> file.startsWith("pages/"));
    assertThat(generate("--all", "--only", "page")).isEqualTo(ExitCode.OK);
    assertThat(files()).isEqualTo(byWord);
  }

  @Test
  void aSecondRunChangesNothingAndSaysSo() throws IOException {
    generate("senml-patch");
    var before = files();
    var page = folder.resolve("pages/senml-patch.md");
    Files.setLastModifiedTime(page, FileTime.fromMillis(1_000));

    assertThat(generate("senml-patch")).isEqualTo(ExitCode.OK);

    assertThat(files()).isEqualTo(before);
    assertThat(Files.getLastModifiedTime(page).toMillis()).isEqualTo(1_000);
    assertThat(terminal.out()).contains("0 new, 0 changed, " + before.size() + " the same");
  }

  @Test
  void aModelThatChangesUnderItsVersionIsWarnedOf() throws IOException {
    generate("senml-patch");
    var model = folder.resolve("models/senml-patch/1.0.1/thing.tm.jsonld");
    Files.writeString(model, "{}");

    assertThat(generate("senml-patch")).isEqualTo(ExitCode.OK);
    assertThat(terminal.err()).contains(model + " changed under the same version");
    assertThat(Files.readString(model)).contains("tm:ThingModel");
  }

  @ParameterizedTest
  @CsvSource({
    "nonin-oem33, did you mean \"nonin-oem3\"?",
    "'', 'name a profile, or all: alaris-asena-gh'",
    "'all --only tm,polici', expected some of",
    "'all --only tm,polici', did you mean \"policy\"?",
    "all --site Clinic, --site: expected a dotted name",
    "all --base-url ftp://x, --base-url: expected http",
  })
  void aWrongWordIsExitCode2WithASuggestionAndWritesNothing(String line, String reason)
      throws IOException {
    assertThat(generate(line.isEmpty() ? new String[0] : line.split(" ")))
        .isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains(reason);
    assertThat(files()).isEmpty();
  }

  @Test
  void aProfileOfTheSiteIsGeneratedToo() throws IOException {
    var profiles = Files.createDirectory(shared.resolve("site-" + folder.getFileName()));
    Files.writeString(
        profiles.resolve("mine.yaml"),
        """
        profile: mine
        version: 2.1.0
        manufacturer: M
        model: X
        class: wearable
        driver: senml
        sources: [our own table]
        channels: { heart: { rate: { from: heart-rate, unit: /min } } }
        """);

    assertThat(generate("mine", "--profiles", profiles.toString())).isEqualTo(ExitCode.OK);
    assertThat(files().get("pages/mine.md")).contains("our own table");
    assertThat(files()).containsKey("models/mine/2.1.0/features/heart.tm.jsonld");
  }

  private int generate(String... arguments) {
    var line = new ArrayList<>(List.of("generate", "-o", folder.toString()));
    line.addAll(List.of(arguments));
    return terminal.run(line.toArray(String[]::new));
  }

  private TreeMap<String, String> files() throws IOException {
    var texts = new TreeMap<String, String>();
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        texts.put(folder.relativize(file).toString(), Files.readString(file));
      }
    }
    return texts;
  }
}
