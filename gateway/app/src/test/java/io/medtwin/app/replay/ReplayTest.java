package io.medtwin.app.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.app.TestInstallation;
import io.medtwin.runtime.plugin.Plugins;
import io.medtwin.twin.document.Problems;
import io.medtwin.twin.normalizer.Units;
import io.medtwin.twin.profile.ProfileCatalog;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {

  /** Frames of a Nonin OEM III in serial format 8, each second, with a silence of 20 s. */
  private static final String HEAD =
      """
      capture 1
      began 2026-01-01T08:00:00Z
      link SERIAL serial:/dev/ttyUSB0
      driver binary-frames 0.1.0
      device bed1 profile=nonin-format8 version=1.0.0
      """;

  private static Plugins plugins = Plugins.load(List.of());
  private static ProfileCatalog profiles = ProfileCatalog.read(List.of(), new Problems());

  @TempDir private Path folder;

  @BeforeAll
  static void load(@TempDir Path home) throws IOException {
    plugins = Plugins.load(TestInstallation.in(home).plugins(List.of()));
    profiles = ProfileCatalog.read(List.of(TestInstallation.PROFILES), new Problems());
  }

  @AfterAll
  static void unload() throws IOException {
    plugins.close();
  }

  private record Run(Replay.Outcome outcome, List<String> lines) {}

  @Test
  void everyConversationOfTheDriversGivesTheSameBytesEachTime() throws IOException {
    int played = 0;
    for (var profile : profiles.all()) {
      for (String driver : List.of("declared", "infusion-pumps", "patient-monitors", "hl7v2")) {
        var of = TestInstallation.ROOT.resolve("drivers/" + driver + "/src/test/resources");
        var conversations = of.resolve(profile.id());
        if (Files.isDirectory(conversations)) {
          for (Path one : Stage.captures(List.of(conversations))) {
            assertThat(play(one).outcome().sum())
                .as("%s", one)
                .isEqualTo(play(one).outcome().sum());
            played++;
          }
        }
      }
    }
    assertThat(played).isGreaterThan(30);
  }

  @Test
  void readingsCarryTheTimeOfTheCapture() throws IOException {
    var run = play(capture("at 1.250000\nline opened\nat 2.500000\n< 804861 00\n"));
    assertThat(run.lines()).contains("1.250 bed1 link up");
    assertThat(run.lines())
        .filteredOn(line -> line.contains("reading spo2 97 %"))
        .singleElement()
        .asString()
        .startsWith("2.500 bed1 #");
    assertThat(run.lines())
        .contains(
            "2.500 bed1 spo2 = observation features/spo2/properties/saturation 97 % valid @2.500");
  }

  @Test
  void aSilencePassesAtOnceAndLosesTheLinkWhenItDidInTheWard() throws IOException {
    var run =
        play(
            capture(
                """
                line opened
                at 1.000000
                < 804861 00
                at 3600.000000
                line closed
                at 3601.000000
                line opened
                at 3602.000000
                < 804861 00
                at 3603.000000
                end
                """));
    assertThat(run.outcome().sessions()).isGreaterThanOrEqualTo(2);
    assertThat(run.lines())
        .filteredOn(line -> line.contains("link down nothing came"))
        .isNotEmpty();
    assertThat(run.lines()).filteredOn(line -> line.contains("saturation 97 % valid")).hasSize(2);
    assertThat(run.outcome().cut()).isFalse();
    assertThat(run.outcome().micros()).isEqualTo(3_603_000_000L);
  }

  @Test
  void aDriverThatCannotUseTheLinkIsOverWithTheCapture() throws IOException {
    var talk = new StringBuilder();
    for (int minute = 0; minute < 120; minute++) { // each in a line of its own
      talk.append("at %d.0\nline opened\n".formatted(60 * minute));
      talk.append("at %d.5\n< 804861 00\n".formatted(60 * minute));
      talk.append("at %d.0\nline closed\n".formatted(60 * minute + 50));
    }
    var wearable =
        HEAD.replace("driver binary-frames", "driver senml")
            .replace("profile=nonin-format8", "profile=senml-patch");
    var capture =
        Files.writeString(folder.resolve("bed1.cap"), wearable + talk + "at 7200.0\nend\n");
    var outcome = play(capture).outcome();
    assertThat(outcome.micros())
        .isBetween(7_200_000_000L, 9_060_000_000L); // its longest pause more
    assertThat(outcome.unheard()).isEqualTo(120);
  }

  @Test
  void whatTheRecordingLostOrReplacedIsCounted() throws IOException {
    var run = play(capture("line opened\nlost 12\nredacted 2\n< 804861 00\n"));
    assertThat(run.outcome().lost()).isEqualTo(12);
    assertThat(run.outcome().redacted()).isEqualTo(1);
    assertThat(run.outcome().cut()).isTrue();
  }

  @Test
  void anotherProfileShowsWhatDiffersAndTheSameOneNothing() throws IOException {
    var capture = capture("line opened\nat 1.000000\n< 804861 00\nat 2.000000\nend\n");
    var other =
        Files.readString(TestInstallation.PROFILES.resolve("nonin-format8.yaml"))
            .replace("saturation:", "oxygen:");
    var file = Files.writeString(folder.resolve("nonin-format8.yaml"), other);
    var changed = ProfileCatalog.readOne(file, List.of(TestInstallation.PROFILES), new Problems());
    var before = play(capture);
    var told = new ArrayList<String>();
    assertThat(Difference.between(reader(before), reader(before), told::add)).isZero();
    assertThat(Difference.between(reader(before), reader(play(capture, changed)), told::add))
        .isEqualTo(1);
    assertThat(told.getFirst()).startsWith("1.000 bed1 spo2").contains("properties/oxygen 97 %");
  }

  private static BufferedReader reader(Run run) {
    return new BufferedReader(new StringReader(String.join("\n", run.lines())));
  }

  private Path capture(String events) throws IOException {
    return Files.writeString(folder.resolve("bed1.cap"), HEAD + events);
  }

  private static Run play(Path capture) throws IOException {
    return play(capture, Optional.empty());
  }

  private static Run play(Path capture, Optional<io.medtwin.twin.profile.Profile> other)
      throws IOException {
    var out = new ByteArrayOutputStream();
    var outcome = new Stage(profiles, plugins, new Units(), other).play(capture, out);
    return new Run(outcome, out.toString(UTF_8).lines().toList());
  }
}
