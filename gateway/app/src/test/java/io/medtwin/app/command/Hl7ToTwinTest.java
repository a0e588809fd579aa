package io.medtwin.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.medtwin.app.TestInstallation;
import io.medtwin.app.TwinReader;
import io.medtwin.app.wiring.Gateway;
import io.medtwin.app.wiring.Installation;
import io.medtwin.ditto.embedded.EmbeddedDitto;
import io.medtwin.ditto.embedded.EmbeddedDittoConfig;
import io.medtwin.simulator.hl7.MllpOutlet;
import io.medtwin.simulator.hl7.Station;
import io.medtwin.simulator.physiology.Patient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A station of pumps and a monitor: frames on the wire, the plugin as shipped, twins in Ditto. */
@Timeout(120)
class Hl7ToTwinTest {

  @TempDir private static Path shared;
  private static Installation installation;

  @TempDir private Path folder;

  @BeforeAll
  static void install() throws IOException {
    installation = TestInstallation.in(shared);
  }

  @Test
  void aRackOfPumpsAndAMonitorAreTwinsAndWhatComesAgainHasNoSecondEffect() throws Exception {
    try (var ditto =
        EmbeddedDitto.start(
            EmbeddedDittoConfig.inMemory(InstantSource.system())
                .withUsers(Map.of("ditto", "ditto")))) {
      var environment = TestEnvironment.of(installation);
      var epoch = environment.clock().instant().truncatedTo(ChronoUnit.SECONDS);
      var station = new Station("WARD", 7, 2, List.of(new Patient(7)), 10, epoch);
      var loaded = Loaded.from(write(ditto.uri().toString(), station), environment);
      try (var gateway = start(loaded, environment)) {
        var twins = new TwinReader(ditto.uri());
        var told = untilOccluded(station);
        try (var outlet = outlet(gateway)) {
          outlet.plug();
          outlet.send(told);

          var pump = twins.await("pump-1", "occluded", Hl7ToTwinTest::isOccluded);
          assertThat(text(pump, "delivery-1", "status")).isEqualTo("notInfusing");
          assertThat(text(pump, "source-primary", "status")).isEqualTo("not-delivering");
          assertThat(pump.at("/features/source-primary/properties/rateProgrammed/value").isNumber())
              .isTrue();
          assertThat(pump.at("/features/vendor/properties").size()).isZero();
          var monitor =
              twins.await("monitor-1", "alive", twin -> !text(twin, "ecg", "heartRate").isEmpty());
          assertThat(text(monitor, "spo2", "saturation")).isNotEmpty();
          twins.await("pump-2", "told", twin -> !text(twin, "delivery-1", "status").isEmpty());
          assertThat(outlet.taken()).isEqualTo(told.size());

          outlet.send(told); // byte by byte the same
          while (outlet.taken() < 2L * told.size()) {
            Thread.onSpinWait(); // bounded by the time-out of this class
          }
          assertThat(outlet.repeated()).as("sent again for want of an answer").isZero();
          assertThat(gateway.sessions().counts().get("racks"))
              .isNotNull()
              .satisfies(counts -> assertThat(counts.repetitions()).isEqualTo((long) told.size()));
        }
      } finally {
        loaded.plugins().close();
      }
    }
  }

  private static Gateway start(Loaded loaded, Environment environment) throws Exception {
    return Gateway.start(
        loaded.config(),
        loaded.plan(),
        loaded.dictionary(),
        environment.clock(),
        environment.random());
  }

  /** All that is said until the line of the first pump is occluded, and its state of then. */
  private static List<String> untilOccluded(Station station) {
    var said = new ArrayList<String>();
    boolean occluded = false;
    for (long tick = 0; ; tick++) {
      var now = station.at(tick);
      said.addAll(now);
      occluded |=
          now.stream().anyMatch(one -> one.contains("WARD-P001") && one.contains("|start|"));
      boolean state =
          now.stream().anyMatch(one -> one.contains("WARD-P001") && one.contains("R01"));
      if (occluded && state) {
        return said;
      }
    }
  }

  private static boolean isOccluded(JsonNode twin) {
    return twin.at("/features/alerts").toString().contains("196940")
        && text(twin, "delivery-1", "status").equals("notInfusing");
  }

  private static String text(JsonNode twin, String channel, String property) {
    return twin.at("/features/" + channel + "/properties/" + property + "/value").asText();
  }

  private static MllpOutlet outlet(Gateway gateway) throws IOException {
    var port = new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.mllpPort("racks"));
    return new MllpOutlet(port, Duration.ofSeconds(20), Duration.ofMillis(100));
  }

  private Path write(String ditto, Station station) throws IOException {
    return Files.writeString(
        folder.resolve("gateway.yaml"),
        """
        gateway: { id: gw-1, site: clinic.north }
        ditto: { url: "%s", user: ditto, password: "${env:PW}" }
        links:
          racks: { mllp: server, port: 0 }
        devices:
          pump-1: { profile: pcd-infusion-pump, link: racks, address: "%s" }
          pump-2: { profile: pcd-infusion-pump, link: racks, address: "%s" }
          monitor-1: { profile: pcd-monitor, link: racks, address: "%s" }
        """
            .formatted(
                ditto, station.pumpAddress(1), station.pumpAddress(2), station.monitorAddress(1)));
  }
}
