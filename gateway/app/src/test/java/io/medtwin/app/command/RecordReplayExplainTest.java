package io.medtwin.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.medtwin.app.Terminal;
import io.medtwin.app.TestInstallation;
import io.medtwin.app.demo.RunningDemo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A running gateway is listened to over its console; what was recorded is played and asked for the
 * bytes of a value, as an engineer does who does not believe a number.
 */
@Timeout(180)
class RecordReplayExplainTest {

  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private static Path shared;
  private static RunningDemo demo;
  private static String file;

  @TempDir private Path folder;
  private Terminal terminal;

  @BeforeAll
  static void start() throws Exception {
    demo = RunningDemo.start(shared, "--beds", "1", "--wearables", "1");
    file = demo.file().toString();
  }

  @AfterAll
  static void stop() throws Exception {
    demo.close();
  }

  @BeforeEach
  void sitDown() throws Exception {
    terminal = new Terminal(TestInstallation.in(folder), Map.of());
  }

  @Test
  void theBytesOfAValueAreThoseThatTheLinkCarried() throws Exception {
    var capture = record("bed1-oximeter", "x.cap");
    assertThat(Files.readString(capture))
        .startsWith("capture 1\n")
        .contains("\ndriver nonin-oem3 ", "\ndevice bed1-oximeter profile=nonin-oem3 ", "\n< ")
        .endsWith("end\n");

    run(ExitCode.OK, "replay", capture.toString(), "--times", "3", "--json");
    var replayed = JSON.readTree(terminal.out());
    assertThat(replayed.path("identical").asInt()).isEqualTo(3);
    assertThat(replayed.at("/captures/0/reports").asInt()).isPositive();
    assertThat(replayed.at("/captures/0/discards").asInt()).isZero();

    var said = explain("bed1-oximeter", "spo2/saturation", capture).path("spo2/saturation");
    assertThat(said.path("reading").asText()).contains("reading spo2 ", " %");
    assertThat(said.path("profile").asText()).contains("nonin-oem3.yaml line ");
    assertThat(said.path("record").asText()).startsWith("journal line ");
    assertThat(said.path("twin").asText()).contains("features/spo2/properties/saturation");
    var bytes = said.path("bytes").asText();
    assertThat(bytes).contains(" bytes, at byte ");
    var recorded = recorded(capture);
    assertThat(recorded).contains(frame(bytes));
    var percent = said.path("observation").asText().replaceAll(".* = (\\d+) %.*", "$1");
    assertThat(frame(bytes))
        .as("the frame of %s %%", percent)
        .contains(HexFormat.of().toHexDigits((byte) Integer.parseInt(percent)));
  }

  @Test
  void aPackedCaptureOfAPolledDialoguePlaysWithAllItsAnswers() throws Exception {
    var capture = record("bed1-pump", "pump.cap.gz");
    try (var in = new GZIPInputStream(Files.newInputStream(capture))) {
      assertThat(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII))
          .contains("\n> ", "\n< ")
          .endsWith("end\n");
    }
    run(ExitCode.OK, "replay", capture.toString(), "--json");
    var one = JSON.readTree(terminal.out()).path("captures").path(0);
    assertThat(one.path("reports").asInt()).isPositive();
    assertThat(one.path("discards").asInt()).isZero();
    assertThat(one.path("lost").asInt()).isZero();
  }

  @Test
  void anotherProfileIsToldWithWhatDiffersAndByTheExitCode() throws Exception {
    var capture = record("bed1-oximeter", "y.cap");
    var shipped = TestInstallation.PROFILES.resolve("nonin-oem3.yaml");
    var same = Files.copy(shipped, folder.resolve("nonin-oem3.yaml"));
    run(ExitCode.OK, "replay", capture.toString(), "--diff", "--profile", same.toString());
    assertThat(terminal.out()).contains("nothing differs");

    Files.writeString(same, Files.readString(shipped).replace("saturation:", "oxygen:"));
    run(ExitCode.FAILED, "replay", capture.toString(), "--diff", "--profile", same.toString());
    assertThat(terminal.out()).contains("properties/oxygen", "differences");
  }

  @Test
  void whatCannotBeDoneIsSaidAndLeavesNothing() throws Exception {
    var capture = folder.resolve("z.cap");
    assertThat(terminal.run("record", "bed9-pump", "-c", file, "-o", capture.toString()))
        .isNotEqualTo(ExitCode.OK);
    assertThat(terminal.err()).contains("bed9-pump");
    assertThat(capture).doesNotExist();

    terminal.clear();
    Files.writeString(capture, "precious");
    assertThat(terminal.run("record", "bed1-pump", "-c", file, "-o", capture.toString()))
        .isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("is there already");
    assertThat(capture).hasContent("precious");

    terminal.clear();
    assertThat(terminal.run("explain", "bed1-oximeter", "spo2/taste", "-c", file))
        .isEqualTo(ExitCode.FAILED);
    assertThat(terminal.err()).contains("said nothing of spo2/taste", "spo2/saturation");
  }

  private Path record(String device, String name) throws Exception {
    var capture = folder.resolve(name);
    run(ExitCode.OK, "record", device, "-c", file, "-o", capture.toString(), "--for", "4s");
    assertThat(terminal.err()).contains("0 lost");
    return capture;
  }

  private JsonNode explain(String device, String feature, Path capture) throws Exception {
    run(
        ExitCode.OK,
        "explain",
        device,
        feature,
        "-c",
        file,
        "--capture",
        capture.toString(),
        "--at",
        lastTime(capture),
        "--json");
    return JSON.readTree(terminal.out());
  }

  /** A moment at which the capture was being recorded. */
  private static String lastTime(Path capture) throws Exception {
    var lines = Files.readAllLines(capture);
    var began = lines.stream().filter(line -> line.startsWith("began ")).findFirst().orElseThrow();
    return java.time.Instant.parse(began.substring(6)).plusSeconds(2).toString();
  }

  private void run(int expected, String... arguments) {
    terminal.clear();
    assertThat(terminal.run(arguments))
        .as("%s: %s%s", List.of(arguments), terminal.out(), terminal.err())
        .isEqualTo(expected);
  }

  /** All that the device said, in hex. */
  private static String recorded(Path capture) throws Exception {
    var hex = new StringBuilder();
    boolean said = false;
    for (String line : Files.readAllLines(capture)) {
      said = line.startsWith("< ") || (said && line.startsWith("  "));
      if (said) {
        hex.append(line.substring(2).replace(" ", ""));
      }
    }
    return hex.toString();
  }

  /** The hex of what {@code explain} prints in rows of sixteen bytes. */
  private static String frame(String told) {
    var hex = new StringBuilder();
    told.lines().skip(1).forEach(row -> hex.append(row.substring(6, 53).strip().replace(" ", "")));
    return hex.toString();
  }
}
