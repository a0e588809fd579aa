package io.medtwin.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.app.TestInstallation;
import io.medtwin.app.config.ConfigReader;
import io.medtwin.app.config.GatewayConfig;
import io.medtwin.app.wiring.Plan.Way;
import io.medtwin.runtime.plugin.Plugins;
import io.medtwin.twin.document.DocumentException;
import io.medtwin.twin.document.Problem;
import io.medtwin.twin.document.Problems;
import io.medtwin.twin.normalizer.Units;
import io.medtwin.twin.profile.ProfileCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannerTest {

  private static final String HEAD =
      """
      gateway: { id: gw-1, site: clinic.north }
      ditto: { url: "https://ditto.example", user: gw, password: "${env:PW}" }
      brokers: { ward: { url: "tcp://broker:1883" } }
      links:
        patches: { mqtt: ward, topic: "med/{device}/#" }
        radio: { ble: cassia, broker: ward }
        rack: { tcp: "rack-1:4001" }
        line: { serial: /dev/ttyS7 }
      devices:
      """;

  private static final int HEAD_LINES = 9;

  @TempDir private static Path installation;
  private static Plugins plugins;

  @TempDir private Path folder;

  @BeforeAll
  static void loadPlugins() throws IOException {
    plugins = TestInstallation.plugins(installation);
    assertThat(plugins.failures()).isEmpty();
  }

  @AfterAll
  static void closePlugins() throws IOException {
    plugins.close();
  }

  @Test
  void eachDeviceGetsATwinAndEachLinkASession() throws Exception {
    var plan =
        plan(
            """
              pump: { profile: alaris-asena-gh, link: "serial:/dev/ttyUSB0", settings: { pollPeriod: 2s } }
              p-1: { profile: senml-patch, link: patches, address: a1 }
              p-2: { profile: senml-patch, link: patches, address: a2 }
              strap: { profile: gatt-heart-rate, link: radio, address: "aa:bb:cc:dd:ee:ff", handles: { 14: 2A37 } }
            """);

    assertThat(plan.devices())
        .extracting(device -> device.facts().device())
        .as("the gateway is a device, too")
        .containsExactly("pump", "p-1", "p-2", "strap", GatewayConfig.SELF);
    assertThat(plan.devices())
        .extracting(device -> device.facts().thingId())
        .doesNotHaveDuplicates()
        .allSatisfy(id -> assertThat(id).startsWith("clinic.north."));
    assertThat(plan.lines())
        .extracting(Plan.Line::name)
        .containsExactlyInAnyOrder("pump", "patches", "radio");
    assertThat(line(plan, "pump").settings()).containsEntry("pollPeriod", "2s");
    assertThat(line(plan, "patches").way())
        .isEqualTo(
            new Way.Shared(
                "patches",
                Map.of("a1", "p-1", "a2", "p-2"),
                Map.of(),
                linkDefaults("senml-patch")));
    assertThat(line(plan, "radio").way())
        .isEqualTo(
            new Way.Shared(
                "radio",
                Map.of("AA:BB:CC:DD:EE:FF", "strap"),
                Map.of("AA:BB:CC:DD:EE:FF", Map.of(14, "2A37")),
                linkDefaults("gatt-heart-rate")));
  }

  @Test
  void aLineOfBytesIsOneSessionForAllDevicesOnIt() throws Exception {
    var config =
        config(
            """
              pump-1: { profile: bbraun-space, link: rack, address: "50111" }
              pump-2: { profile: bbraun-space, link: rack, address: "50112" }
              pump-3: { profile: bbraun-space, link: line, address: "50111" }
            """);
    var plan = plan(config);

    assertThat(plan.lines()).extracting(Plan.Line::name).containsExactly("rack", "line");
    assertThat(line(plan, "rack").way())
        .isEqualTo(
            new Way.Shared(
                "rack",
                Map.of("50111", "pump-1", "50112", "pump-2"),
                Map.of(),
                linkDefaults("bbraun-space")));
    try (var connections =
        new Connections(config, InstantSource.system(), RandomGenerator.getDefault())) {
      assertThat(connections.transport(line(plan, "rack").way()).name())
          .isEqualTo("tcp:rack-1:4001");
      assertThat(connections.transport(line(plan, "line").way()).name())
          .as("line parameters are those of the profile")
          .isEqualTo("serial:/dev/ttyS7 9600 8N1");
    }
  }

  @Test
  void aLineOfManyIsNotThatOfADeviceAlone() {
    assertThat(
            messages(
                """
                  a: { profile: bbraun-space, link: rack, address: "50111" }
                  b: { profile: bbraun-space, link: "tcp:rack-1:4001" }
                  c: { profile: bbraun-space, link: rack, address: "50111" }
                  d: { profile: senml-patch, link: line, address: "50111" }
                """))
        .satisfiesExactlyInAnyOrder(
            one -> assertThat(one).isEqualTo("b: its link is already that of rack"),
            two -> assertThat(two).isEqualTo("c: its link is already that of a"),
            three -> assertThat(three).startsWith("d: driver senml ").endsWith("one is SERIAL"));
  }

  @Test
  void anUnknownProfileIsNamedWithTheNearestOne() {
    assertThat(problems("  pump: { profile: alaris-asena-hg, link: \"udp:1\" }\n"))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.line()).isEqualTo(HEAD_LINES + 1);
              assertThat(problem.message())
                  .isEqualTo(
                      "pump: there is no profile \"alaris-asena-hg\"; did you mean"
                          + " \"alaris-asena-gh\"?");
            });
  }

  @Test
  void anUnknownDriverIsNamedWithTheNearestOne() throws Exception {
    Files.writeString(
        folder.resolve("mine.yaml"),
        """
        profile: mine
        version: 1.0.0
        manufacturer: M
        model: X
        class: wearable
        driver: senmll
        channels: { heart: { heartRate: { from: heart-rate, unit: /min } } }
        """);
    assertThat(messages("  p: { profile: mine, link: patches, address: a }\n"))
        .containsExactly(
            "p: its profile needs the driver \"senmll\", which no plugin brings; did you mean"
                + " \"senml\"?");
  }

  @Test
  void aLinkOfAKindTheDriverDoesNotTakeIsAProblem() {
    assertThat(
            messages(
                """
                  pump: { profile: alaris-asena-gh, link: patches, address: a }
                  p: { profile: senml-patch, link: "serial:/dev/ttyUSB0 9600 8N1" }
                """))
        .satisfiesExactlyInAnyOrder(
            one -> assertThat(one).startsWith("pump: driver ").endsWith("this one is MQTT"),
            two -> assertThat(two).startsWith("p: driver senml ").endsWith("this one is SERIAL"));
  }

  @Test
  void aWrongSettingIsNamedWithWhatWasExpected() {
    assertThat(
            messages(
                """
                  a: { profile: alaris-asena-gh, link: "udp:1", settings: { polPeriod: 2s } }
                  b: { profile: alaris-asena-gh, link: "tcp:h:2", settings: { pollPeriod: soon } }
                """))
        .anySatisfy(
            message ->
                assertThat(message)
                    .contains(
                        "a: driver ", "no setting \"polPeriod\"; did you mean \"pollPeriod\"?"))
        .anySatisfy(
            message ->
                assertThat(message)
                    .contains("b: setting pollPeriod: expected a time span", "got \"soon\""));
  }

  @Test
  void aListOfFieldsThatDoesNotParseIsFoundBeforeADeviceIs() {
    assertThat(
            messages(
                """
                  w:
                    profile: json-watch
                    link: patches
                    address: a
                    settings:
                      fields: |
                        heart-rate <- $.heartRate unit=/min
                        spo2 - $.spo2
                        temperature <- $.t colour=red
                """))
        .singleElement()
        .asString()
        .startsWith("w: setting fields: expected ")
        .contains("line 2: ", "line 3: ")
        .doesNotContain("line 1: ");
  }

  @Test
  void twoDevicesCannotShareAPort() {
    assertThat(
            messages(
                """
                  a: { profile: nonin-oem3, link: "serial:/dev/ttyUSB0 9600 8N1" }
                  b: { profile: nonin-oem3, link: "serial:/dev/ttyUSB0 38400 8N1" }
                  c: { profile: senml-patch, link: patches, address: same }
                  d: { profile: senml-patch, link: patches, address: same }
                  e: { profile: nonin-oem3, link: "tcp-listen:4001" }
                  f: { profile: nonin-oem3, link: "tcp-listen:4001" }
                """))
        .containsExactlyInAnyOrder(
            "b: its link is already that of a",
            "d: its link is already that of c",
            "f: its link is already that of e");
  }

  @Test
  void anAddressThatDiffersOnlyInLetterCaseIsTheSameAddress() {
    assertThat(
            messages(
                """
                  a: { profile: gatt-heart-rate, link: radio, address: "AA:BB:CC:DD:EE:0F" }
                  b: { profile: gatt-heart-rate, link: radio, address: "aa:bb:cc:dd:ee:0f" }
                """))
        .containsExactly("b: its link is already that of a");
  }

  @Test
  void devicesBehindOneLinkNeedOneDriverAndTheSameSettings() {
    assertThat(
            messages(
                """
                  a: { profile: senml-patch, link: patches, address: a }
                  b: { profile: json-watch, link: patches, address: b }
                """))
        .containsExactly(
            "b and a share the link patches but need different drivers or settings; give each its"
                + " own link");
  }

  private List<String> messages(String devices) {
    return problems(devices).stream().map(Problem::message).toList();
  }

  private List<Problem> problems(String devices) {
    try {
      plan(devices);
      return List.of();
    } catch (DocumentException e) {
      return e.problems();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Plan plan(String devices) throws DocumentException, IOException {
    return plan(config(devices));
  }

  private GatewayConfig config(String devices) throws DocumentException, IOException {
    var file = folder.resolve("gateway.yml");
    Files.writeString(file, HEAD + devices);
    return new ConfigReader(Map.of("PW", "x")).read(file);
  }

  private Plan plan(GatewayConfig config) throws DocumentException {
    var problems = new Problems();
    var profiles =
        ProfileCatalog.read(
            List.of(TestInstallation.ROOT.resolve("device-profiles/profiles"), folder), problems);
    problems.throwIfAny();
    return Planner.plan(config, profiles, plugins, new Units());
  }

  private static Map<String, String> linkDefaults(String profile) throws DocumentException {
    return TestInstallation.profiles().find(profile).orElseThrow().linkDefaults();
  }

  private static Plan.Line line(Plan plan, String name) {
    return plan.lines().stream().filter(line -> line.name().equals(name)).findFirst().orElseThrow();
  }
}
