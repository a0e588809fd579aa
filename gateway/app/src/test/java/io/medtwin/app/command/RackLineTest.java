package io.medtwin.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.medtwin.app.TestInstallation;
import io.medtwin.app.TwinReader;
import io.medtwin.app.wiring.Gateway;
import io.medtwin.app.wiring.Installation;
import io.medtwin.ditto.embedded.EmbeddedDitto;
import io.medtwin.ditto.embedded.EmbeddedDittoConfig;
import io.medtwin.journal.UnclaimedDevice;
import io.medtwin.simulator.device.Line;
import io.medtwin.simulator.device.ScenarioClock;
import io.medtwin.simulator.device.SerialOutlet;
import io.medtwin.simulator.device.TcpServerLine;
import io.medtwin.simulator.pty.VirtualSerialPort;
import io.medtwin.simulator.pump.RackSheet;
import io.medtwin.simulator.pump.SpaceRack;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One line, many pumps: from the wire of a rack to a twin for each of them. */
@Timeout(120)
class RackLineTest {

  private static final int PUMPS = 3;
  private static final double SPEED = 20;

  @TempDir private static Path shared;
  private static Installation installation;

  @TempDir private Path folder;

  @BeforeAll
  static void install() throws IOException {
    installation = TestInstallation.in(shared);
  }

  @Test
  void eachPumpOfARackOnTcpHasItsTwinItsAlertsAndItsAbsence() throws Exception {
    try (var line = new TcpServerLine(0)) {
      run(line, "tcp: \"127.0.0.1:" + line.address().getPort() + "\"");
    }
  }

  @Test
  void soHasEachPumpOfARackOnASerialPort() throws Exception {
    try (var port = VirtualSerialPort.open()) {
      run(new SerialOutlet(port), "serial: \"" + port.path() + "\"");
    }
  }

  private void run(Line line, String link) throws Exception {
    try (var ditto =
            EmbeddedDitto.start(
                EmbeddedDittoConfig.inMemory(InstantSource.system())
                    .withUsers(Map.of("ditto", "ditto")));
        var rack =
            new SpaceRack(
                "rack-1",
                RackSheet.of("Bed1", PUMPS, 7),
                line,
                ScenarioClock.running(SPEED),
                new SplittableRandom(7))) {
      rack.start();
      var environment = TestEnvironment.of(installation);
      var loaded = Loaded.from(write(ditto.uri(), link), environment);
      try (var gateway =
          Gateway.start(
              loaded.config(),
              loaded.plan(),
              loaded.dictionary(),
              environment.clock(),
              environment.random())) {
        beHeard(new TwinReader(ditto.uri()), rack);

        assertThat(gateway.sessions().unclaimed().list())
            .as("the ComDevice, which nobody configured")
            .extracting(UnclaimedDevice::address)
            .containsExactly("50100");
        assertThat(rack.ignoredRequests()).isZero();
      } finally {
        loaded.plugins().close();
      }
    }
  }

  private static void beHeard(TwinReader twins, SpaceRack rack) throws Exception {
    for (int slot = 1; slot <= PUMPS; slot++) {
      twins.await("pump-" + slot, "live", TwinReader::isLive);
    }
    rack.occlude("50112");
    twins.await("pump-2", "occluded", RackLineTest::isOccluded);
    rack.pull("50113");
    twins.await("pump-3", "gone", twin -> TwinReader.status(twin).equals("offline"));
    assertThat(TwinReader.status(twins.twin("pump-1"))).isEqualTo("online");
    rack.push("50113");
    twins.await("pump-3", "back", twin -> TwinReader.status(twin).equals("online"));
    assertThat(isOccluded(twins.twin("pump-1"))).isFalse();
  }

  private static boolean isOccluded(JsonNode twin) {
    return twin.path("features").path("alerts").toString().contains("PRESSURE");
  }

  private Path write(URI ditto, String link) throws IOException {
    var pumps = new StringBuilder();
    for (int slot = 1; slot <= PUMPS; slot++) {
      pumps.append(
          "  pump-%d: { profile: bbraun-space, link: rack-1, address: \"5011%d\" }\n"
              .formatted(slot, slot));
    }
    return Files.writeString(
        folder.resolve("gateway.yaml"),
        """
        gateway: { id: gw-1, site: clinic.north }
        ditto: { url: "%s", user: ditto, password: "${env:PW}" }
        links: { rack-1: { %s } }
        devices:
        """
                .formatted(ditto, link)
            + pumps);
  }
}
