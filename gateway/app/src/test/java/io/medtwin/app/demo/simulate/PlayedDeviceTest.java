package io.medtwin.app.demo.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.medtwin.app.TestInstallation;
import io.medtwin.app.wiring.Installation;
import io.medtwin.simulator.play.Answers;
import io.medtwin.simulator.play.Playback;
import io.medtwin.simulator.sheet.LivingMessages;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.StreamDriver;
import io.medtwin.spi.transport.BufferedStreamLink;
import io.medtwin.testkit.RecordingSession;
import io.medtwin.testkit.ScriptedByteWire;
import io.medtwin.testkit.ScriptedByteWire.Ending;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real drivers in conversation with devices that play what others once said. */
class PlayedDeviceTest {

  private static final int ANSWERS = 200;
  private static final int ROUNDS = 3;

  @TempDir private static Path folder;
  private static Installation installation;

  @BeforeAll
  static void install() throws IOException {
    installation = TestInstallation.in(folder);
  }

  @ParameterizedTest
  @CsvSource({
    "alaris-asena-gh, volume-infused, mL",
    "harvard-elite11, rate, mL/h",
    "newera-ne1000, rate, mL/h",
  })
  void aPolledDeviceAnswersAroundAndAround(String profile, String parameter, String unit)
      throws Exception {
    var device = Shipped.of(profile, installation);
    var answers = new Answers(device.conversation());
    int[] asked = {0};
    var wire =
        new ScriptedByteWire(Ending.SILENT)
            .answering(
                request -> {
                  var said = new ByteArrayOutputStream();
                  if (asked[0]++ < ANSWERS) {
                    answers.hear(request).forEach(said::writeBytes);
                  }
                  return said.toByteArray();
                });

    var session = run(device, wire);

    assertThat(session.readings(parameter)).hasSizeGreaterThan(ANSWERS / 10);
    assertTwin(device, session, parameter, unit);
    assertThat(session.discardedBytes()).isZero();
    assertThat(answers.ignored()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "nonin-oem3, spo2, %, 70, 80",
    "masimo-ascii1, pulse-rate, /min, 0.3, 2",
    "nellcor-ascii, spo2, %, 0.1, 2",
    "ivy-450c, heart-rate, /min, 0.9, 1.1",
    "nonin-format8, pulse-rate, /min, 0.9, 1.1",
    "healthypi-openview, heart-rate, /min, 100, 200",
  })
  void aTalkingDeviceIsHeardAroundAndAroundAtItsPace(
      String profile, String parameter, String unit, double slowest, double fastest)
      throws Exception {
    var device = Shipped.of(profile, installation);
    var playback = Playback.ofFrames(device.conversation(), device.sheet());
    int frames = device.conversation().frames().size();
    var wire = new ScriptedByteWire(Ending.CLOSED);
    for (int tick = 0; tick < ROUNDS * frames; tick++) {
      wire.then(ByteBuffer.wrap(playback.at(tick)));
    }

    var session = run(device, wire);

    assertThat(session.readings(parameter)).hasSizeGreaterThanOrEqualTo(ROUNDS);
    assertTwin(device, session, parameter, unit);
    assertThat(playback.ticksPerSecond()).isBetween(slowest, fastest);
  }

  /** A profile whose driver has a wire form of its own ships with something to play. */
  @Test
  void everyShippedProfileCanBeSimulated() throws Exception {
    for (var profile : TestInstallation.profiles().all()) {
      var device = Shipped.of(profile.id(), installation);
      assertThat(device.conversation().isEmpty() && !LivingMessages.areKnownOf(device.sheet()))
          .as(
              "%s: expected its transcripts in src/test/resources/%s of its driver, and that folder"
                  + " in the assembly",
              profile.id(), profile.id())
          .isFalse();
    }
  }

  private static void assertTwin(
      Shipped device, RecordingSession session, String parameter, String unit) {
    var numbers =
        session.readings(parameter).stream()
            .filter(reading -> reading.value() instanceof Numeric)
            .toList();
    assertThat(numbers).isNotEmpty();
    assertThat(device.observed(numbers))
        .allSatisfy(
            seen -> {
              assertThat(seen.value()).isInstanceOf(BigDecimal.class);
              assertThat(seen.metric().unit()).isEqualTo(unit);
            });
  }

  private static RecordingSession run(Shipped device, ScriptedByteWire wire) {
    var session = new RecordingSession(device.profile().settings());
    var link = new BufferedStreamLink(wire, LinkKind.SERIAL, "simulated");
    assertThat(catchThrowable(() -> ((StreamDriver) device.driver()).run(link, session)))
        .as("how it ended")
        .isInstanceOf(IOException.class);
    return session;
  }
}
