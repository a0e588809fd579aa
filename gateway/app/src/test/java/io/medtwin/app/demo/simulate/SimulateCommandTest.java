package io.medtwin.app.demo.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.app.Terminal;
import io.medtwin.app.TestInstallation;
import io.medtwin.app.command.ExitCode;
import io.medtwin.app.wiring.Installation;
import io.medtwin.simulator.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulateCommandTest {

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
    terminal = new Terminal(installation, Map.of("PW", "ditto"));
  }

  /** What is printed is pasted into a gateway file, and the file is right. */
  @ParameterizedTest
  @CsvSource({
    "nonin-oem3, serial, 'link: \"serial:/', 'serial: \"SIM-0001\"'",
    "alaris-asena-gh, tcp:0, 'link: \"tcp:127.0.0.1:', 'serial: \"8002-51740\"'",
    "masimo-ascii1, tcp:0, 'link: \"tcp:127.0.0.1:', ''",
  })
  void whatIsPrintedReachesTheDevice(String profile, String where, String link, String serial)
      throws IOException {
    assertThat(simulate(profile, where)).as(terminal.err()).isEqualTo(ExitCode.OK);

    assertThat(terminal.out()).contains(link, serial);
    assertThat(terminal.out().contains("serial: \"")).isEqualTo(!serial.isEmpty());
    assertThatAGatewayTakes(terminal.out());
  }

  @ParameterizedTest
  @CsvSource({
    "json-watch, /watch/{device}/vitals, 'topic: \"watch/{device}/vitals\"'",
    "json-watch, /a/b, 'topic: \"a/b/{device}\"'",
    "senml-patch, '', 'topic: \"sim/{device}/telemetry\"'",
    "gatt-heart-rate, '', 'ble: openmqtt, broker: sim }'",
    "gatt-glucose-cgm, /ward7, 'ble: openmqtt, broker: sim, base: \"ward7\" }'",
  })
  void onABrokerTheTopicIsPrinted(String profile, String topic, String link) throws IOException {
    try (var broker = EmbeddedBroker.start()) {
      var where = "mqtt://127.0.0.1:" + broker.port() + topic;
      assertThat(simulate(profile, where)).as(terminal.err()).isEqualTo(ExitCode.OK);
    }

    assertThat(terminal.out()).contains(link);
    assertThatAGatewayTakes(terminal.out());
  }

  @ParameterizedTest
  @CsvSource({"pcd-infusion-pump, -P001@", "pcd-monitor, -M001@"})
  void whatSpeaksHl7SendsToTheGateway(String profile, String address) throws IOException {
    assertThat(simulate(profile, "mllp://127.0.0.1:4575")).as(terminal.err()).isZero();

    assertThat(terminal.out())
        .contains("mllp: server, port: 4575", address, "living values")
        .doesNotContain("serial:");
    assertThatAGatewayTakes(terminal.out());
  }

  @Test
  void aSheetFromElsewhereNamesItsConversationsBesideIt() throws IOException {
    Files.writeString(folder.resolve("said.txt"), "< \"T 36.6\\r\\n\" / \"T 36.7\\r\\n\"\n");
    var sheet =
        Files.writeString(
            folder.resolve("acme.yaml"),
            """
            simulator: acme-t1
            version: "1.0.0"
            class: thermometer
            driver: acme-t1
            wires: { serial: "19200 7E1", tcp: "" }
            conversations: [said.txt]
            identity: { manufacturer: ACME, model: T1, serial: SIM-7 }
            parameters:
              temperature: { place: temp-1.temperature, kind: numeric, unit: Cel, period: 2s }
            """);

    assertThat(simulate(sheet.toString(), "serial:" + folder.resolve("port")))
        .as(terminal.err())
        .isEqualTo(ExitCode.OK);
    assertThat(terminal.out())
        .contains("acme-t1-sim: simulated ACME T1", "2 frames", "/port 19200 7E1\"", "SIM-7");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "json-watch | tcp:0 | 2 | its driver json-fields takes mqtt, coap, not tcp",
        "alaris-asena-gh | mqtt://127.0.0.1:1 | 2 | takes serial, tcp, not mqtt, ble",
        "json-watch | udp:4001 | 2 | --on: expected tcp:PORT, serial",
        "json-watch | tcp:70000 | 2 | --on: expected tcp:PORT, serial",
        "json-wach | serial | 3 | Did you mean",
        "none.yaml | serial | 3 | none.yaml",
        "json-watch | mqtt://127.0.0.1:1/t | 1 | no MQTT connection to tcp://127.0.0.1:1",
      })
  void whatCannotBeIsSaidWithWhatCould(String what, String where, int exit, String why) {
    assertThat(simulate(what, where)).as(terminal.err()).isEqualTo(exit);
    assertThat(terminal.err()).containsIgnoringCase(why);
    assertThat(terminal.out()).isEmpty();
  }

  @Test
  void aSheetThatIsWrongTellsAllItsProblems() throws IOException {
    var sheet =
        Files.writeString(
            folder.resolve("s.yaml"),
            """
            simulator: x
            version: "1"
            class: y
            driver: senml
            wires: { mqtt: "", cop: "" }
            identity: { manufacturer: A, model: B, serial: C }
            parameters:
              a: { place: b.c, kind: numric, unit: "%" }
              d: { place: b.d, kind: numeric, typical: { low: 3, high: 1 } }
            paramters: {}
            """);

    assertThat(simulate(sheet.toString(), "serial")).isEqualTo(ExitCode.CONFIG);
    assertThat(terminal.err())
        .contains("\"cop\"", "numric", "the lower one first", "a number needs", "paramters");
  }

  private int simulate(String... what) {
    return terminal.run(
        SimulateCommand::new,
        Stream.concat(Stream.of("simulate", what[0], "--on", what[1]), Stream.of("--for", "1ms"))
            .toArray(String[]::new));
  }

  private void assertThatAGatewayTakes(String entry) throws IOException {
    var file =
        Files.writeString(
            folder.resolve("gateway.yaml"),
            "gateway: { id: gw-1, site: clinic.north }\n"
                + "ditto: { url: \"http://127.0.0.1:1\", user: gw, password: \"${env:PW}\" }\n"
                + entry);
    assertThat(terminal.run("check", "-c", file.toString())).as(terminal.err()).isEqualTo(0);
  }
}
