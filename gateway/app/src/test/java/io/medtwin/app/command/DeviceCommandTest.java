package io.medtwin.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.medtwin.app.Terminal;
import io.medtwin.app.TestInstallation;
import io.medtwin.app.wiring.Installation;
import io.medtwin.journal.Entry;
import io.medtwin.journal.JournalConfig;
import io.medtwin.journal.Kept;
import io.medtwin.journal.Note;
import io.medtwin.journal.Received;
import io.medtwin.journal.Replay;
import io.medtwin.journal.Saved;
import io.medtwin.journal.UnclaimedDevice;
import io.medtwin.journal.sqlite.SqliteJournal;
import io.medtwin.spi.Coded;
import io.medtwin.spi.Identity;
import io.medtwin.spi.Identity.Attribute;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class DeviceCommandTest {

  private static final JsonMapper JSON = new JsonMapper();

  private static final String FILE =
      """
      # north ward
      gateway: { id: gw-1, site: clinic.north }
      ditto: { url: "http://127.0.0.1:1", user: gw, password: "${env:PW}" }
      links:
        posts: { coap: server, port: 1 }
        unused: { coap: server, port: 2 }
      devices:   # by bed
        patch-1: { profile: senml-patch, link: posts, address: patch-1, serial: "4711" }   # bed 1
        # bed 2 is empty
      """;

  @TempDir private static Path shared;
  private static Installation installation;

  @TempDir private Path folder;
  private Terminal terminal;
  private Path file;
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  @BeforeAll
  static void install() throws IOException {
    installation = TestInstallation.in(shared);
  }

  @BeforeEach
  void sitDown() throws IOException {
    terminal = new Terminal(installation, Map.of("PW", "correct-horse"));
    file = Files.writeString(folder.resolve("gateway.yaml"), FILE);
  }

  @Test
  void aDeviceThatNobodyConfiguredIsListedWithWhatIsKnownOfIt() throws Exception {
    stranger("posts", "0451", "4711");

    assertThat(run("list", "--unclaimed")).isEqualTo(ExitCode.OK);
    assertThat(terminal.out())
        .contains("posts/0451", "senml", "heart-rate /min", "serial 4711", "device claim")
        .doesNotContain("76543");
    assertThat(run("list")).isEqualTo(ExitCode.OK);
    assertThat(terminal.out()).contains("patch-1", "1 more was heard and nobody configured");
  }

  @Test
  void theUnclaimedAreJsonForAScript() throws Exception {
    stranger("posts", "0451", "4711");

    assertThat(run("list", "--unclaimed", "--json")).isEqualTo(ExitCode.OK);
    var device = json().path("unclaimed").path(0);
    assertThat(device.path("hub").asText()).isEqualTo("posts");
    assertThat(device.path("address").asText()).isEqualTo("0451");
    assertThat(device.path("reports").asInt()).isEqualTo(2);
    assertThat(device.path("parameters").path("heart-rate").asText()).isEqualTo("/min");
    assertThat(device.path("identity").path("serial").asText()).isEqualTo("4711");
    assertThat(json().path("gateway").path("running").asBoolean(true)).isFalse();
  }

  @Test
  void aClaimAddsOneLineAndKeepsTheRestAsItIs() throws Exception {
    stranger("posts", "0451", "4712");

    assertThat(
            run("claim", "posts/0451", "--profile", "senml-patch", "--serial", "07", "--unit", "B"))
        .as(terminal.err())
        .isEqualTo(ExitCode.OK);

    var line =
        "  senml-patch-0451: { profile: senml-patch, link: posts, address: \"0451\", serial:"
            + " \"07\", unit: B }\n";
    assertThat(file).hasContent(FILE.replace("  # bed 2", line + "  # bed 2"));
    assertThat(folder.resolve("gateway.yaml.bak")).hasContent(FILE);
    assertThat(terminal.out())
        .contains("+" + line.strip().indent(2).stripTrailing())
        .contains("clinic.north.", "within 5 s");
    assertThat(leftovers()).isEmpty();
    assertThat(run("list", "--unclaimed")).isEqualTo(ExitCode.OK);
    assertThat(terminal.out()).contains("no device was heard");
  }

  @Test
  void aDryRunWritesNothing() throws Exception {
    stranger("posts", "patch-7", "4712");

    assertThat(run("claim", "posts/patch-7", "--profile", "senml-patch", "--dry-run"))
        .isEqualTo(ExitCode.OK);
    assertThat(terminal.out())
        .contains("@@", "+  patch-7: { profile: senml-patch", "nothing is written");
    assertThat(file).hasContent(FILE);
    assertThat(folder.resolve("gateway.yaml.bak")).doesNotExist();
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void aClaimTellsAScriptWhatItDid() throws Exception {
    stranger("posts", "patch-7", "4712");

    assertThat(run("claim", "posts/patch-7", "--profile", "senml-patch", "--json"))
        .isEqualTo(ExitCode.OK);
    assertThat(json().path("device").asText()).isEqualTo("patch-7");
    assertThat(json().path("written").asBoolean()).isTrue();
    assertThat(json().path("live").asBoolean()).isTrue();
    assertThat(json().path("thingId").asText()).startsWith("clinic.north.");
  }

  @Test
  void behindAHubThatIsNotInUseARestartIsNeededAndSaid() throws Exception {
    stranger("posts", "patch-7", "4712");

    assertThat(run("claim", "unused/p", "--profile", "senml-patch", "--unheard"))
        .isEqualTo(ExitCode.OK);
    assertThat(terminal.out()).contains("restart the gateway to take it up");
  }

  @Test
  void aFileThatWouldBeWrongIsNotWrittenAndAllProblemsAreTold() throws Exception {
    stranger("posts", "patch-7", "4712");

    assertThat(run("claim", "posts/patch-7", "--profile", "json-watch", "--id", "9 lives"))
        .isEqualTo(ExitCode.CONFIG);
    assertThat(terminal.err())
        .contains(file + ":9: ", "\"9 lives\" cannot be a device id", "nothing is written")
        .doesNotContain(".draft");
    assertThat(run("claim", "posts/patch-7", "--profile", "senml-pach")).isEqualTo(ExitCode.CONFIG);
    assertThat(terminal.err())
        .contains("there is no profile \"senml-pach\"; did you mean \"senml-patch\"?");
    assertThat(run("claim", "posts/patch-7", "--profile", "senml-patch", "--serial", "4711"))
        .isEqualTo(ExitCode.CONFIG);
    assertThat(terminal.err()).contains("patch-7: has the identity of patch-1");
    assertThat(file).hasContent(FILE);
    assertThat(leftovers()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'', say what to do",
    "claim post/0451 --profile p, there is no hub \"post\"",
    "claim post/0451 --profile p, did you mean \"posts\"?",
    "claim posts --profile p, expected HUB/ADDRESS",
    "claim posts/0452 --profile p, nothing was heard of posts/0452; did you mean \"0451\"?",
    "claim posts/patch-1 --profile p, posts/patch-1 is patch-1 already",
    "claim posts/0451, Missing required option: '--profile=P'",
    "claim posts/0451 --profile senml-patch --id patch-1, there is a device \"patch-1\" already",
    "show patch-2, there is no device \"patch-2\"; did you mean \"patch-1\"?",
  })
  void aWrongWordIsExitCode2WithASuggestion(String line, String reason) throws Exception {
    stranger("posts", "0451", "4712");

    assertThat(run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains(reason);
    assertThat(file).hasContent(FILE);
  }

  @Test
  void aGatewayThatNeverRanSaysSo() {
    assertThat(run("list")).isEqualTo(ExitCode.FAILED);
    assertThat(terminal.err()).contains("there is no journal at");
  }

  @Test
  void aDeviceIsShownFromTheJournalOfADeadGateway() throws Exception {
    journal(
        Reading.of("heart-rate", Numeric.of(71, "/min")),
        Reading.of("batt-temp", Numeric.of("31.5", "Cel")),
        Reading.of("batt-temp", Numeric.of("31.6", "Cel")),
        Reading.of("strap-state", new Coded("loose")),
        Identity.of(Attribute.SERIAL, "4712"));

    assertThat(run("list")).isEqualTo(ExitCode.OK);
    assertThat(terminal.out())
        .contains("has not run yet", "patch-1", "senml-patch 1.", "unknown", "conflict  patch-1");
    assertThat(run("show", "patch-1")).isEqualTo(ExitCode.OK);
    assertThat(terminal.out())
        .contains("heartRate", "71", "/min", "valid")
        .contains("identity         serial/", "/4712  by the device", "/4711  by gateway file")
        .contains("conflict", "the device says serial \"4712\"")
        .contains("5 reports", "2 parameters without a place (--unmapped)");
    assertThat(run("show", "patch-1", "--unmapped")).isEqualTo(ExitCode.OK);
    assertThat(terminal.out())
        .contains("battTemp: { from: batt-temp, unit: Cel, kind: numeric }")
        .contains("strapState: { from: strap-state, kind: enum }")
        .containsPattern("batt-temp +31\\.6 +Cel +2 ");
  }

  @Test
  void aDeviceIsJsonForAScript() throws Exception {
    journal(
        Reading.of("heart-rate", Numeric.of(71, "/min")),
        Reading.of("batt-temp", Numeric.of("31.5", "Cel")));

    assertThat(run("show", "patch-1", "--json")).isEqualTo(ExitCode.OK);
    var unmapped = json().path("unmapped").path(0);
    assertThat(unmapped.path("line").asText())
        .isEqualTo("battTemp: { from: batt-temp, unit: Cel, kind: numeric }");
    assertThat(unmapped.path("count").asInt()).isEqualTo(1);
    assertThat(json().path("values").findValuesAsText("value")).containsExactly("71");
    assertThat(json().path("reports").path("received").asInt()).isEqualTo(2);
    assertThat(json().path("aliases").path(0).path("identifier").asText()).endsWith("/4711");
  }

  @Test
  void theLinesThatAreProposedMakeAProfileThatIsRight() throws Exception {
    journal(Reading.of("batt-temp", Numeric.of("31.5", "Cel")));
    assertThat(run("show", "patch-1", "--json")).isEqualTo(ExitCode.OK);
    var line = json().path("unmapped").path(0).path("line").asText();
    var profiles = Files.createDirectory(folder.resolve("site"));
    Files.writeString(
        profiles.resolve("mine.yaml"),
        """
        profile: mine
        version: 1.0.0
        manufacturer: M
        model: X
        class: wearable
        driver: senml
        channels:
          power:
            %s
        """
            .formatted(line));
    Files.writeString(file, "profiles: site\n" + FILE.replace("senml-patch", "mine"));

    assertThat(terminal.run("check", "-c", file.toString())).as(terminal.err()).isZero();
    assertThat(run("show", "patch-1", "--unmapped")).isEqualTo(ExitCode.OK);
    assertThat(terminal.out()).contains("every parameter that patch-1 says has its place");
  }

  private int run(String... arguments) {
    terminal.clear();
    var line = new java.util.ArrayList<>(List.of("device"));
    line.addAll(List.of(arguments));
    if (arguments.length > 0) {
      line.add("-c");
      line.add(file.toString());
    }
    return terminal.run(line.toArray(String[]::new));
  }

  private JsonNode json() throws IOException {
    return JSON.readTree(terminal.out());
  }

  private List<Path> leftovers() throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(path -> path.toString().endsWith(".draft")).toList();
    }
  }

  private void stranger(String hub, String address, String serial) {
    var device =
        UnclaimedDevice.unheard(hub, address, "senml", now)
            .with(Reading.of("heart-rate", Numeric.of(76543, "/min")), now)
            .with(Identity.of(Attribute.SERIAL, serial), now);
    try (var journal = open()) {
      journal.unclaimed(List.of(device), List.of());
    }
  }

  /** What {@code patch-1} said. */
  private void journal(Report... reports) throws InterruptedException {
    try (var journal = open()) {
      long sequence = 0;
      for (Report report : reports) {
        sequence++;
        journal.append(Entry.Heard.of(new Received("patch-1", report, now, sequence)), null);
      }
    }
  }

  /** A journal; closing it writes everything. */
  private SqliteJournal open() {
    var journal =
        new SqliteJournal(JournalConfig.in(folder.resolve("journal")), InstantSource.fixed(now));
    journal.recover(new Nothing());
    journal.start(entries -> {});
    return journal;
  }

  private static final class Nothing implements Replay {
    @Override
    public void saved(Saved state) {}

    @Override
    public void entry(Kept entry) {}

    @Override
    public void note(Note note) {}

    @Override
    public void message(long message) {}

    @Override
    public void damaged(String why) {
      throw new AssertionError(why);
    }
  }
}
