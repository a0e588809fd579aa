package io.medtwin.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.medtwin.app.TestInstallation;
import io.medtwin.app.TwinReader;
import io.medtwin.app.wiring.Gateway;
import io.medtwin.app.wiring.Installation;
import io.medtwin.ditto.embedded.EmbeddedDitto;
import io.medtwin.ditto.embedded.EmbeddedDittoConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.eclipse.californium.core.CoapClient;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A profile that is saved while the gateway runs: bytes on the wire, twin in the backend. */
@Timeout(120)
class LiveProfilesTest {

  private static final String PROFILE =
      """
      profile: my-watch
      version: 1.0.0
      manufacturer: M
      model: W
      class: wearable
      driver: json-fields
      settings:
        fields: |
          temperature <- $.t unit=Cel
      channels:
        temp-1:
          temperature: { from: temperature, unit: Cel }
      """;

  @TempDir private static Path shared;
  private static Installation installation;

  @TempDir private Path folder;

  @BeforeAll
  static void install() throws IOException {
    installation = TestInstallation.in(shared);
  }

  @Test
  void aSavedProfileIsInForceAndAWrongOneIsNot() throws Exception {
    try (var ditto =
        EmbeddedDitto.start(
            EmbeddedDittoConfig.inMemory(InstantSource.system())
                .withUsers(Map.of("ditto", "ditto")))) {
      var file = write(ditto.uri().toString());
      save(PROFILE);
      var environment = TestEnvironment.of(installation);
      var loaded = Loaded.from(file, environment);
      try (var gateway =
          Gateway.start(
              loaded.config(),
              loaded.plan(),
              loaded.dictionary(),
              environment.clock(),
              environment.random())) {
        var twins = new TwinReader(ditto.uri());
        post(gateway, "{\"t\": 36.60, \"battery\": 81}");
        twins.await("watch-1", "told in Cel", twin -> value(twin, "temp-1", "temperature", 36.6));

        var kelvin =
            PROFILE
                .replace("1.0.0", "2.0.0")
                .replace("from: temperature, unit: Cel", "from: temperature, unit: K");
        save(kelvin);
        twins.await(
            "watch-1",
            "without a number of the former unit",
            twin ->
                twin.at("/attributes/profile/version").asText().equals("2.0.0")
                    && twin.at("/features/temp-1/properties/temperature").isMissingNode());
        post(gateway, "{\"t\": 36.60}");
        twins.await("watch-1", "told in K", twin -> value(twin, "temp-1", "temperature", 309.75));

        save(kelvin.replace("unit: K", "unit: kelvin"));
        while (gateway.refusedProfiles() == 0) {
          Thread.onSpinWait(); // bounded by the time-out of this class
        }
        post(gateway, "{\"t\": 36.85}");
        twins.await("watch-1", "told as before", twin -> value(twin, "temp-1", "temperature", 310));

        save(
            kelvin
                .replace("2.0.0", "2.1.0")
                .replace("unit=Cel\n", "unit=Cel\n    battery <- $.battery unit=%\n")
                .concat("  power:\n    level: { from: battery, unit: \"%\" }\n"));
        twins.await(
            "watch-1",
            "of the newest version",
            twin -> twin.at("/attributes/profile/version").asText().equals("2.1.0"));
        post(gateway, "{\"battery\": 80}");
        var twin = twins.await("watch-1", "mapped", one -> value(one, "power", "level", 80));
        assertThat(twin.at("/features/temp-1/properties/temperature/value").asDouble())
            .as("a value whose meaning is the same stays")
            .isEqualTo(310);
        assertThat(gateway.running().devices().getFirst().profile().version()).isEqualTo("2.1.0");
      } finally {
        loaded.plugins().close();
      }
    }
  }

  private static boolean value(JsonNode twin, String channel, String property, double number) {
    var value = twin.at("/features/" + channel + "/properties/" + property + "/value");
    return value.isNumber() && value.asDouble() == number;
  }

  private static void post(Gateway gateway, String json) throws Exception {
    var client =
        new CoapClient(
            "coap://127.0.0.1:" + gateway.coapPort("posts").orElseThrow() + "/ingest/w1");
    try {
      var answer = client.post(json, MediaTypeRegistry.APPLICATION_JSON);
      assertThat(answer).as("an answer").isNotNull();
      assertThat(answer.isSuccess()).as(String.valueOf(answer.getCode())).isTrue();
    } finally {
      client.shutdown();
    }
  }

  private void save(String profile) throws IOException {
    var profiles = Files.createDirectories(folder.resolve("site"));
    Files.writeString(profiles.resolve("my-watch.yaml"), profile);
  }

  private Path write(String ditto) throws IOException {
    return Files.writeString(
        folder.resolve("gateway.yaml"),
        """
        gateway: { id: gw-1, site: clinic.north }
        ditto: { url: "%s", user: ditto, password: "${env:PW}" }
        profiles: site
        links:
          posts: { coap: server, port: 0 }
        devices:
          watch-1: { profile: my-watch, link: posts, address: w1 }
        """
            .formatted(ditto));
  }
}
