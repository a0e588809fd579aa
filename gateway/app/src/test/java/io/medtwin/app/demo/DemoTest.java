package io.medtwin.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.medtwin.app.Terminal;
import io.medtwin.app.TestInstallation;
import io.medtwin.app.TwinReader;
import io.medtwin.app.command.ExitCode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole line in this process, seen from outside: what is typed, what is printed, what Ditto
 * says.
 */
@Timeout(120)
class DemoTest {

  private static final Pattern TWINS = Pattern.compile("^  twins +(\\S+)", Pattern.MULTILINE);
  private static final Pattern FILES = Pattern.compile("^  files +(\\S+)", Pattern.MULTILINE);
  private static final Duration OXIMETER_PERIOD = Duration.ofSeconds(1);

  @TempDir private Path folder;

  @Test
  void everySimulatedDeviceBecomesALiveTwinAndAFaultStaysWithItsDevice() throws Exception {
    var terminal = new Terminal(TestInstallation.in(folder), Map.of());
    var exit =
        CompletableFuture.supplyAsync(
            () ->
                terminal.run(
                    environment -> new DemoCommand(environment, Ports.ANY),
                    "demo",
                    "--for",
                    "100s"));
    var files = Path.of(printed(terminal, FILES, exit));
    var twins = new TwinReader(URI.create(printed(terminal, TWINS, exit)));

    for (String device : simulated()) {
      twins.await(device, "live", TwinReader::isLive);
    }

    var others = simulated().stream().filter(device -> !device.equals("bed1-oximeter")).toList();
    var unplugged = Instant.now();
    terminal.type("unplug bed1-oximeter");
    var lost = twins.await("bed1-oximeter", "offline", twin -> !TwinReader.isLive(twin));
    assertThat(TwinReader.status(lost)).isEqualTo("offline");
    assertThat(spo2(lost).path("validity").asText()).isEqualTo("stale");
    assertThat(spo2(lost).path("value").isNumber()).as("the last value is still told").isTrue();
    assertThat(since(lost)).isBefore(unplugged.plus(OXIMETER_PERIOD.multipliedBy(2)));
    for (String device : others) {
      assertThat(TwinReader.isLive(twins.twin(device))).as(device).isTrue();
    }

    terminal.type("heal bed1-oximeter");
    twins.await("bed1-oximeter", "live again", TwinReader::isLive);

    terminal.type("quit");
    assertThat(exit.get(30, TimeUnit.SECONDS)).as(terminal.err()).isEqualTo(ExitCode.OK);
    assertThat(terminal.out())
        .contains("first twin live", "all live after", "Where to look next")
        .doesNotContain("never live");
    assertThat(files.getParent()).doesNotExist();
  }

  @Test
  void aDemoThatEndsBeforeAllIsLiveSaysSoAndKeepsItsLog() throws Exception {
    var terminal = new Terminal(TestInstallation.in(folder), Map.of());

    int exit =
        terminal.run(
            environment -> new DemoCommand(environment, Ports.ANY),
            "demo",
            "--beds",
            "1",
            "--wearables",
            "0",
            "--for",
            "1ms");

    assertThat(exit).isEqualTo(ExitCode.NOT_LIVE);
    assertThat(terminal.out()).contains("never live: bed1-ecg, bed1-oximeter, bed1-pump");
    var log = Path.of(terminal.err().replaceAll("(?s).*medtwin: (\\S+medtwin.log).*", "$1"));
    assertThat(log).isNotEmptyFile();
    remove(Objects.requireNonNull(log.getParent()));
  }

  private static List<String> simulated() {
    return Stream.concat(
            Stream.of("bed1", "bed2")
                .flatMap(bed -> Stream.of(bed + "-pump", bed + "-ecg", bed + "-oximeter")),
            IntStream.rangeClosed(1, 6).mapToObj(number -> "wear-" + number))
        .toList();
  }

  private static JsonNode spo2(JsonNode twin) {
    return twin.path("features").path("spo2").path("properties").path("saturation");
  }

  private static Instant since(JsonNode twin) {
    return Instant.parse(
        twin.path("features").path("link").path("properties").path("since").asText());
  }

  private static String printed(Terminal terminal, Pattern pattern, CompletableFuture<Integer> exit)
      throws Exception {
    while (true) {
      var found = pattern.matcher(terminal.out());
      if (found.find()) {
        return found.group(1);
      }
      assertThat(exit).as(terminal.err()).isNotDone();
      Thread.sleep(20); // the demo prints when it is ready
    }
  }

  private static void remove(Path folder) throws Exception {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
