package io.medtwin.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.app.Terminal;
import io.medtwin.app.TestInstallation;
import io.medtwin.app.TwinReader;
import io.medtwin.app.wiring.Changes;
import io.medtwin.app.wiring.Gateway;
import io.medtwin.app.wiring.Installation;
import io.medtwin.ditto.embedded.EmbeddedDitto;
import io.medtwin.ditto.embedded.EmbeddedDittoConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LiveFileTest {

  private static final String DEVICES =
      """
      devices:
        patch-1: { profile: senml-patch, link: posts, address: patch-1 }
      """;

  @TempDir private static Path shared;
  private static Installation installation;

  @TempDir private Path folder;

  @BeforeAll
  static void install() throws IOException {
    installation = TestInstallation.in(shared);
  }

  @Test
  void aGatewayThatRunsMakesATwinOfAClaimedDevice() throws Exception {
    try (var ditto =
        EmbeddedDitto.start(
            EmbeddedDittoConfig.inMemory(InstantSource.system())
                .withUsers(Map.of("ditto", "ditto")))) {
      var file = write(head(ditto.uri().toString(), "clinic.north") + DEVICES);
      var environment = TestEnvironment.of(installation);
      var loaded = Loaded.from(file, environment);
      try (var gateway =
              Gateway.start(
                  loaded.config(),
                  loaded.plan(),
                  loaded.dictionary(),
                  environment.clock(),
                  environment.random());
          var watch = LiveFile.watch(file, loaded, environment, gateway)) {
        var terminal = new Terminal(installation, Map.of("PW", "ditto"));

        int code =
            terminal.run(
                "device",
                "claim",
                "posts/patch-2",
                "--profile",
                "senml-patch",
                "--unheard",
                "-c",
                file.toString());

        assertThat(code).as(terminal.err()).isEqualTo(ExitCode.OK);
        var twin = new TwinReader(ditto.uri()).await("patch-2", "there", one -> one.has("thingId"));
        assertThat(terminal.out()).contains(twin.path("thingId").asText());
      } finally {
        loaded.plugins().close();
      }
    }
  }

  @Test
  void whatIsNoNewDeviceBehindAHubInUseNeedsARestart() throws Exception {
    var environment = TestEnvironment.of(installation);
    var head = head("http://127.0.0.1:1", "clinic.north");
    var before = Loaded.from(write(head + DEVICES), environment);
    try {
      var moved = before.again(write("# a line more\n" + head + DEVICES), environment);
      assertThat(changes(before, moved)).isEqualTo(new Changes(List.of(), List.of()));

      var other =
          head("http://127.0.0.1:1", "clinic.south")
              + DEVICES.replace("address: patch-1", "address: patch-3")
              + "  ox: { profile: nonin-oem3, link: \"tcp:host:1\" }\n"
              + "  patch-4: { profile: senml-patch, link: posts, address: patch-4 }\n";
      var changes = changes(before, before.again(write(other), environment));
      assertThat(changes.additions())
          .extracting(Changes.Addition::address)
          .containsExactly("patch-4");
      assertThat(changes.restart())
          .containsExactly(
              "gateway was changed",
              "patch-1 was changed",
              "ox is new, and not behind a hub that is in use with the same driver and settings");
      assertThat(
              changes(before, before.again(write(head + "devices: {}\n"), environment)).restart())
          .containsExactly("patch-1 was taken out");
    } finally {
      before.plugins().close();
    }
  }

  private static Changes changes(Loaded before, Loaded after) {
    return Changes.between(before.config(), before.plan(), after.config(), after.plan());
  }

  private static String head(String ditto, String site) {
    return """
    gateway: { id: gw-1, site: %s }
    ditto: { url: "%s", user: ditto, password: "${env:PW}" }
    links:
      posts: { coap: server, port: 0 }
    """
        .formatted(site, ditto);
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("gateway.yaml"), text);
  }
}
