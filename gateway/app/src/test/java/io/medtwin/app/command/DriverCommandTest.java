package io.medtwin.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.app.Terminal;
import io.medtwin.app.TestInstallation;
import io.medtwin.app.wiring.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins come and go as files; ours, under other names and in other places, are what is moved. */
class DriverCommandTest {

  @TempDir private static Path shared;
  private static Installation installation;
  private static Path pumps;

  @TempDir private Path folder;
  private Terminal terminal;

  /** An installation without the plugin that is going to be installed. */
  @BeforeAll
  static void install() throws IOException {
    installation = TestInstallation.in(shared);
    pumps =
        Files.move(
            installation.home().resolve("plugins/infusion-pumps"),
            shared.resolve("infusion-pumps"));
  }

  @BeforeEach
  void sitDown() throws IOException {
    gatewayFile("plugins: site/plugins");
    Files.createDirectories(folder.resolve("site/plugins"));
    terminal = new Terminal(installation, Map.of("PW", "ditto"));
  }

  @Test
  void whatIsThereIsListedWithItsPlugin() {
    assertThat(driver("list")).isEqualTo(ExitCode.OK);

    assertThat(terminal.out().lines().map(line -> line.replaceAll(" +", " ")))
        .anySatisfy(
            line -> assertThat(line).startsWith("nonin-oem3 ").contains("patient-monitors serial"));
    terminal.clear();
    driver("list", "--json");
    assertThat(terminal.out()).contains("\"id\":\"nonin-oem3\"", "\"failures\":[]");
  }

  @Test
  void aPluginThatCannotBeUsedIsListedWithTheReason() throws IOException {
    Files.createDirectories(folder.resolve("site/plugins/empty"));

    assertThat(driver("list")).isEqualTo(ExitCode.FAILED);

    assertThat(terminal.out()).contains("plugin empty has no jar");
  }

  @Test
  void aPluginIsTriedPutInItsPlaceAndTakenAwayAgain() throws IOException {
    assertThat(driver("install", pumps.toString())).isEqualTo(ExitCode.OK);

    assertThat(terminal.out()).contains("driver alaris-asena", "infusion-pumps is in");
    assertThat(folder.resolve("site/plugins/infusion-pumps")).isNotEmptyDirectory();
    assertThat(folder.resolve("site")).isDirectoryNotContaining("glob:**incoming");
    assertThat(driver("install", pumps.toString())).isEqualTo(ExitCode.OK);
    assertThat(driver("remove", "infusion-pumps")).isEqualTo(ExitCode.OK);
    assertThat(folder.resolve("site/plugins")).isEmptyDirectory();
  }

  @Test
  void whatCannotBeLoadedIsNotInstalled() throws IOException {
    var noise = Files.writeString(folder.resolve("acme-2.1.jar"), "no jar");

    assertThat(driver("install", noise.toString())).isEqualTo(ExitCode.CONFIG);

    assertThat(terminal.err()).contains("acme", "nothing was installed");
    assertThat(folder.resolve("site/plugins")).isEmptyDirectory();
  }

  @Test
  void twoPluginsWithOneDriverAreNotLetIn() {
    driver("install", pumps.toString());

    assertThat(driver("install", pumps.toString(), "--name", "other")).isEqualTo(ExitCode.CONFIG);

    assertThat(terminal.err()).contains("as plugin infusion-pumps has");
  }

  @Test
  void aPluginThatADeviceNeedsStaysUnlessForced() throws IOException {
    driver("install", pumps.toString());
    gatewayFile(
        """
        plugins: site/plugins
        devices:
          pump-1: { profile: alaris-asena-gh, link: "serial:/dev/ttyS9", serial: 1 }
        """);

    assertThat(driver("remove", "infusion-pumps")).isEqualTo(ExitCode.FAILED);

    assertThat(terminal.err()).contains("needed by pump-1", "--force");
    assertThat(driver("remove", "infusion-pumps", "--force")).isEqualTo(ExitCode.OK);
  }

  @Test
  void nothingOutsideTheFolderIsRemoved() throws IOException {
    Files.createDirectories(folder.resolve("site/precious"));

    assertThat(driver("remove", "../precious")).isEqualTo(ExitCode.FAILED);

    assertThat(folder.resolve("site/precious")).isDirectory();
  }

  @Test
  void withoutAFolderOfItsOwnTheFileIsTold() throws IOException {
    gatewayFile("");

    assertThat(driver("install", pumps.toString())).isEqualTo(ExitCode.FAILED);

    assertThat(terminal.err()).contains("plugins: site/plugins");
  }

  private void gatewayFile(String more) throws IOException {
    var devices = more.contains("devices:") ? "" : "\ndevices: {}";
    Files.writeString(
        folder.resolve("gateway.yaml"),
        """
        gateway: { id: gw-1, site: clinic.north }
        ditto: { url: "http://127.0.0.1:1", user: gw, password: "${env:PW}" }
        """
            + more
            + devices);
  }

  private int driver(String... arguments) {
    var all = new String[arguments.length + 3];
    all[0] = "driver";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[all.length - 2] = "-c";
    all[all.length - 1] = folder.resolve("gateway.yaml").toString();
    return terminal.run(all);
  }
}
