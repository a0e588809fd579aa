package io.medtwin.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.app.Terminal;
import io.medtwin.app.console.FleetConsole;
import io.medtwin.app.wiring.Installation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A console on a machine without a browser: claimed and given users by the command line alone. */
class ConsoleUsersCommandTest {

  private static final String PASSWORD = "correct horse battery";

  @TempDir private Path folder;
  private FleetConsole console;
  private Terminal terminal;

  @BeforeEach
  void start() throws IOException {
    var journal = Files.createDirectory(folder.resolve("journal"));
    Files.writeString(
        folder.resolve("gateway.yaml"),
        """
        gateway: { id: gw-1, site: clinic.north }
        ditto: { url: "http://127.0.0.1:1", user: gw, password: "${env:PW}" }
        journal: { folder: journal }
        devices: {}
        """);
    console =
        FleetConsole.start(
            new FleetConsole.Wanted(
                URI.create("http://127.0.0.1:1"),
                "gw",
                "pw",
                Optional.empty(),
                "127.0.0.1",
                0,
                journal),
            InstantSource.system());
    Files.writeString(journal.resolve("console.address"), "http://127.0.0.1:" + console.port());
    terminal = new Terminal(new Installation(folder), Map.of("PW", "pw"));
  }

  @AfterEach
  void stop() {
    console.close();
  }

  @Test
  void theCodeMakesTheFirstAdminAndOnlyOnce() throws IOException {
    var code = console.oneTimeCode().orElseThrow();
    terminal.type(PASSWORD);

    assertThat(claim(code, "ada")).isEqualTo(ExitCode.OK);

    assertThat(console.oneTimeCode()).isEmpty();
    assertThat(terminal.out()).contains("ada is its admin").doesNotContain(PASSWORD);
    terminal.type(PASSWORD);
    assertThat(claim(code, "bob")).isEqualTo(ExitCode.FAILED);
    assertThat(terminal.err()).contains("claimed already");
  }

  @Test
  void aWrongCodeClaimsNothing() throws IOException {
    terminal.type(PASSWORD);

    assertThat(claim("AAAA-AAAA", "ada")).isEqualTo(ExitCode.FAILED);

    assertThat(console.oneTimeCode()).isPresent();
  }

  @Test
  void withoutAPasswordNothingIsAsked() throws IOException {
    terminal.type("short");

    assertThat(claim(console.oneTimeCode().orElseThrow(), "ada")).isEqualTo(ExitCode.FAILED);

    assertThat(console.oneTimeCode()).isPresent();
  }

  @Test
  void usersComeAndGoAndTheLastAdminStays() throws IOException {
    terminal.type(PASSWORD);
    claim(console.oneTimeCode().orElseThrow(), "ada");
    terminal.type("another long password");

    assertThat(user("eve", "--role", "viewer")).isEqualTo(ExitCode.OK);
    terminal.clear();
    assertThat(users()).isEqualTo(ExitCode.OK);
    assertThat(terminal.out().lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly("USER ROLE", "ada admin", "eve viewer");

    assertThat(user("eve", "--remove")).isEqualTo(ExitCode.OK);
    assertThat(user("ada", "--remove")).isEqualTo(ExitCode.FAILED);
    terminal.clear();
    users();
    assertThat(terminal.out()).contains("ada").doesNotContain("eve");
  }

  @Test
  void theFleetAloneNeedsItsDitto() {
    assertThat(terminal.run("console")).isEqualTo(2);
    assertThat(terminal.err()).contains("--ditto");
  }

  private int claim(String code, String user) {
    return terminal.run("console", "claim", "-c", file(), "--code", code, "--user", user);
  }

  private int user(String... more) {
    var arguments = new String[4 + more.length];
    System.arraycopy(new String[] {"console", "user", "-c", file()}, 0, arguments, 0, 4);
    System.arraycopy(more, 0, arguments, 4, more.length);
    return terminal.run(arguments);
  }

  private int users() {
    return terminal.run("console", "users", "-c", file());
  }

  private String file() {
    return folder.resolve("gateway.yaml").toString();
  }
}
