package io.medtwin.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.app.Terminal;
import io.medtwin.app.wiring.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewDriverCommandTest {

  @TempDir private Path folder;
  private Path project;
  private Terminal terminal;

  @BeforeEach
  void install() throws IOException {
    var home = Files.createDirectories(folder.resolve("installation"));
    Files.writeString(home.resolve("VERSION"), "1.2.3\n");
    var spi = Files.createDirectories(home.resolve("sdk/io/medtwin/medtwin-spi/1.2.3"));
    Files.writeString(spi.resolve("medtwin-spi-1.2.3.jar"), "the SPI");
    Files.writeString(spi.resolve("medtwin-spi-1.2.3.pom"), "<version>1.2.3</version>");
    project = folder.resolve("acme-pump");
    terminal = new Terminal(new Installation(home), Map.of());
  }

  @Test
  void aProjectIsWrittenWithTheSdkThatItIsBuiltAgainst() throws IOException {
    assertThat(newDriver("acme-pump", "--into", project.toString())).isEqualTo(ExitCode.OK);

    assertThat(terminal.out()).contains("mvn verify");
    var pom = Files.readString(project.resolve("pom.xml"));
    var version = pom.replaceAll("(?s).*<medtwin.version>(.*?)</.*", "$1");
    assertThat(version).matches("1\\.2\\.3-[0-9a-f]{8}");
    var spi = project.resolve("sdk/io/medtwin/medtwin-spi").resolve(version);
    assertThat(spi.resolve("medtwin-spi-" + version + ".jar")).hasContent("the SPI");
    assertThat(spi.resolve("medtwin-spi-" + version + ".pom"))
        .hasContent("<version>" + version + "</version>");
    assertThat(project.resolve("src/main/java/com/acme/pump/AcmePumpDriver.java")).exists();
  }

  @Test
  void whatIsThereIsNeverOverwritten() throws IOException {
    Files.createDirectories(project);
    Files.writeString(project.resolve("notes.txt"), "mine");

    assertThat(newDriver("acme-pump", "--into", project.toString())).isEqualTo(ExitCode.FAILED);

    assertThat(terminal.err()).contains("is not empty");
    assertThat(project).isDirectoryNotContaining("glob:**pom.xml");
  }

  @Test
  void aNameThatIsNoneIsAWrongCommandLine() {
    assertThat(newDriver("Acme Pump", "--into", project.toString())).isEqualTo(ExitCode.USAGE);

    assertThat(terminal.err()).contains("lower case letters, digits and dashes");
    assertThat(project).doesNotExist();
  }

  @Test
  void anInstallationWithoutTheSdkSaysSo() throws IOException {
    var production = Files.createDirectories(folder.resolve("production"));
    Files.writeString(production.resolve("VERSION"), "1.2.3\n");
    terminal = new Terminal(new Installation(production), Map.of());

    assertThat(newDriver("acme-pump", "--into", project.toString())).isEqualTo(ExitCode.FAILED);

    assertThat(terminal.err()).contains("has no SDK");
    assertThat(project).doesNotExist();
  }

  private int newDriver(String... arguments) {
    return terminal.run(
        Stream.concat(Stream.of("new", "driver"), Stream.of(arguments)).toArray(String[]::new));
  }
}
