package io.medtwin.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.medtwin.app.Terminal;
import io.medtwin.app.TestInstallation;
import io.medtwin.app.wiring.Installation;
import io.medtwin.ditto.embedded.EmbeddedDitto;
import io.medtwin.ditto.embedded.EmbeddedDittoConfig;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@Timeout(60)
class CommandLineTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String SECRET = "correct-horse";

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
    terminal = new Terminal(installation, Map.of("PW", SECRET));
  }

  @Test
  void theVersionIsTheInstallations() {
    assertThat(terminal.run("--version")).isEqualTo(ExitCode.OK);
    assertThat(terminal.out()).startsWith("medtwin 1.2.3 on Java 25");
  }

  @ParameterizedTest
  @CsvSource({"run,--for=TIME", "check,--config=FILE"})
  void eachCommandSaysHowItIsUsed(String command, String option) {
    assertThat(terminal.run(command, "--help")).isEqualTo(ExitCode.OK);
    assertThat(terminal.out()).contains("Usage: medtwin " + command, option, "--json");
  }

  @Test
  void helpTellsTheExitCodes() {
    assertThat(terminal.run("--help")).isEqualTo(ExitCode.OK);
    assertThat(terminal.out()).contains("run", "check", "Exit codes: 0", "4 the demo ended");
  }

  /** A command that stands under another name than its own is built with all the others only. */
  @Test
  void theListNamesCommandsAsTheyNameThemselves() {
    Commands.of(TestEnvironment.of(installation))
        .forEach(
            (name, made) -> {
              var command = made.get();
              var line = command instanceof CommandLine whole ? whole : new CommandLine(command);
              assertThat(line.getCommandName()).isEqualTo(name);
            });
  }

  @Test
  void eachCommandOfTheHelpIsFoundByItsName() {
    terminal.run("--help");
    var listed = terminal.out().substring(terminal.out().indexOf("Commands:"));
    var names = Pattern.compile("^  (\\w+) ", Pattern.MULTILINE).matcher(listed).results();
    var commands = names.map(name -> name.group(1)).toList();
    assertThat(commands).hasSizeGreaterThan(15).contains("run", "tck", "new");
    for (String command : commands) {
      terminal.clear();
      assertThat(terminal.run(command, "--help")).isEqualTo(ExitCode.OK);
      assertThat(terminal.out()).contains("Usage: medtwin " + command + " ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', a command is missing",
    "chek, Did you mean: medtwin check",
    "check, Missing required option: '--config=FILE'",
    "check -c, Missing required parameter for option '--config'",
    "check -c a.yaml --jsn, Unknown option: '--jsn'",
    "run -c a.yaml --for soon, expected a time span such as 30s or 2min",
    "run -c a.yaml --for 5, expected a time span such as 30s or 2min",
  })
  void aWrongCommandLineIsExitCode2WithTheReasonOnStandardError(String line, String reason) {
    assertThat(terminal.run(line.isEmpty() ? new String[0] : line.split(" ")))
        .isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains(reason);
    assertThat(terminal.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo", "simulate"})
  void whatIsNotInstalledSaysWhatToDo(String name) {
    assertThat(terminal.run(at -> NoDemo.instead(at, name), name, "x", "--on", "serial"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("./medtwin " + name + " from the source tree");
  }

  @Test
  void checkFindsAllProblemsTogetherWithLineAndSuggestion() throws IOException {
    var file =
        write(
            """
            gateway: { id: gw-1, site: clinic.north }
            ditto: { url: "http://127.0.0.1:1", user: gw, password: "${env:PW}" }
            devices:
              ox-1: { profile: nonin-oem, link: "tcp:somewhere:4001" }
              ox-2: { profile: nonin-oem3, link: "tcp:somewhere:4002", settings: { formt: 2 } }
            """);

    assertThat(terminal.run("check", "-c", file)).isEqualTo(ExitCode.CONFIG);
    assertThat(terminal.err())
        .contains(file + ":4: ", "there is no profile \"nonin-oem\"", "nonin-oem3")
        .contains(file + ":5: ", "formt", "format")
        .contains("2 problems")
        .doesNotContain(SECRET);
    assertThat(terminal.out()).isEmpty();
  }

  @Test
  void problemsAreJsonForAScript() throws IOException {
    var file = write("gateway: { id: gw-1, sit: clinic.north }\n");

    assertThat(terminal.run("check", "-c", file, "--json")).isEqualTo(ExitCode.CONFIG);
    var answer = JSON.readTree(terminal.out());
    assertThat(answer.path("ok").asBoolean(true)).isFalse();
    assertThat(answer.path("problems"))
        .isNotEmpty()
        .anySatisfy(
            problem -> {
              assertThat(problem.path("line").asInt()).isEqualTo(1);
              assertThat(problem.path("message").asText()).contains("sit", "site");
            });
  }

  @Test
  void aFileThatIsNotThereIsAConfigurationProblem() {
    assertThat(terminal.run("check", "-c", folder.resolve("none.yaml").toString()))
        .isEqualTo(ExitCode.CONFIG);
    assertThat(terminal.err()).contains("none.yaml");
  }

  @Test
  void aGoodFileListsItsDevicesAndOpensNothing() throws IOException {
    var file = write(good("http://127.0.0.1:1", "coap: server, port: 1"));

    assertThat(terminal.run("check", "-c", file, "--json")).isEqualTo(ExitCode.OK);
    var answer = JSON.readTree(terminal.out());
    assertThat(answer.path("ok").asBoolean()).isTrue();
    assertThat(answer.path("devices").path(0).path("device").asText()).isEqualTo("patch-1");
    assertThat(answer.path("devices").path(0).path("driver").asText()).isEqualTo("senml");
    assertThat(terminal.out()).doesNotContain(SECRET);
  }

  @Test
  void runTellsItsTwinsAsJsonAndEndsByItself() throws IOException {
    try (var ditto =
        EmbeddedDitto.start(
            EmbeddedDittoConfig.inMemory(InstantSource.system()).withUsers(Map.of("gw", SECRET)))) {
      var file = write(good(ditto.uri().toString(), "coap: server, port: 0"));

      assertThat(terminal.run("run", "-c", file, "--for", "500ms", "--json"))
          .isEqualTo(ExitCode.OK);
    }
    var answer = JSON.readTree(terminal.out());
    assertThat(answer.path("live").asBoolean(true)).isFalse();
    var device = answer.path("devices").path(0);
    assertThat(device.path("link").asText()).isEqualTo("offline");
    assertThat(device.path("thingId").asText()).startsWith("clinic.north.");
  }

  @Test
  void aThingFollowsTheModelThatItsGatewayServesWhereTheFileSaysSo() throws Exception {
    try (var ditto =
        EmbeddedDitto.start(
            EmbeddedDittoConfig.inMemory(InstantSource.system())
                .withUsers(Map.of("gw", SECRET, "ditto", "ditto")))) {
      var base = "http://models.example:8085";
      var file =
          write(
              good(ditto.uri().toString(), "coap: server, port: 0")
                  + "models: { port: 0, url: \""
                  + base
                  + "/\", definition: true }\n");

      assertThat(terminal.run("run", "-c", file, "--for", "3s")).isEqualTo(ExitCode.OK);

      var twin = JSON.readTree(stored(ditto.uri(), thingId("patch-1", file)));
      var place = base + "/models/senml-patch/1.0.1/";
      assertThat(twin.path("definition").asText()).isEqualTo(place + "thing.tm.jsonld");
      assertThat(twin.at("/features/spo2/definition/0").asText())
          .isEqualTo(place + "features/spo2.tm.jsonld");
      assertThat(twin.at("/features/link/properties/epoch").asInt())
          .as("merges still arrive")
          .isEqualTo(1);
    }
    assertThat(folder.resolve("journal/models/senml-patch/1.0.1/thing.tm.jsonld")).exists();
    assertThat(folder.resolve("journal/models/medtwin-gateway/1.1.0/thing.tm.jsonld")).exists();
  }

  private String thingId(String device, String file) throws IOException {
    var other = new Terminal(installation, Map.of("PW", SECRET));
    other.run("check", "-c", file, "--json");
    for (var item : JSON.readTree(other.out()).path("devices")) {
      if (item.path("device").asText().equals(device)) {
        return item.path("thingId").asText();
      }
    }
    throw new AssertionError(device + " is not in " + other.out());
  }

  private static String stored(URI ditto, String thingId) throws Exception {
    var login =
        Base64.getEncoder().encodeToString(("gw:" + SECRET).getBytes(StandardCharsets.UTF_8));
    try (var client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(ditto.resolve("/api/2/things/" + thingId))
                  .header("Authorization", "Basic " + login)
                  .build(),
              BodyHandlers.ofString())
          .body();
    }
  }

  @Test
  void aPortThatIsTakenIsExitCode1AndNamed() throws IOException {
    try (var taken =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      var file = write(good("http://127.0.0.1:1", "coap: server, port: " + taken.getLocalPort()));

      assertThat(terminal.run("run", "-c", file, "--for", "2s")).isEqualTo(ExitCode.FAILED);
      assertThat(terminal.err())
          .contains("medtwin: CoAP hub: cannot bind UDP", String.valueOf(taken.getLocalPort()))
          .doesNotContain("\tat ");
    }
  }

  private static String good(String ditto, String link) {
    return """
    gateway: { id: gw-1, site: clinic.north }
    ditto: { url: "%s", user: gw, password: "${env:PW}" }
    links:
      posts: { %s }
    devices:
      patch-1: { profile: senml-patch, link: posts, address: patch-1 }
    """
        .formatted(ditto, link);
  }

  private String write(String yaml) throws IOException {
    return Files.writeString(folder.resolve("gateway.yaml"), yaml).toString();
  }
}
