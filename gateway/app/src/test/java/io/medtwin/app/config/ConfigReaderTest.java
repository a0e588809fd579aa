package io.medtwin.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.app.config.GatewayConfig.Hub;
import io.medtwin.app.config.GatewayConfig.Route;
import io.medtwin.twin.document.DocumentException;
import io.medtwin.twin.document.Problem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {

  private static final String SECRET = "s3cr3t-0f-the-ward";
  private static final String KEY = "00112233445566778899aabbccddeeff";

  private static final String HEAD =
      """
      gateway: { id: gw-1, site: clinic.north }
      ditto: { url: "https://ditto.example", user: gw, password: "${env:PW}" }
      """;

  @TempDir private Path folder;

  @Test
  void modelsAreServedOnLoopbackWithoutDefinitionsUnlessTheFileSaysMore() throws Exception {
    var devices = "devices: { ox-1: { profile: nonin-oem3, link: \"udp:1\" } }\n";

    assertThat(read(HEAD + devices).models()).isEmpty();
    assertThat(read(HEAD + devices + "models: {}\n").models())
        .contains(new GatewayConfig.Models("127.0.0.1", 8085, Optional.empty(), false));
    assertThat(
            read(HEAD
                    + devices
                    + "models: { bind: 0.0.0.0, port: 80, url: \"https://gw/x/\", definition: true"
                    + " }\n")
                .models())
        .contains(new GatewayConfig.Models("0.0.0.0", 80, Optional.of("https://gw/x"), true));
  }

  @Test
  void aFileWithOneOfEachIsReadWhole() throws Exception {
    Files.writeString(folder.resolve("psk"), KEY + "\n");
    var config =
        read(
            """
            gateway: { id: gw-1, site: clinic.north }
            ditto: { url: "https://ditto.example", user: gw, password: "${env:PW}", ca: ca.pem }
            brokers:
              ward: { url: "ssl://broker:8883", version: 5, user: gw, password: "${env:PW}" }
            links:
              patches: { mqtt: ward, topic: "med/{device}/#", contentType: application/json }
              coap: { coap: server, port: 5683, securePort: 5684, keys: { p1: "${file:psk}" } }
              radio: { ble: openmqtt, broker: ward, base: floor }
              rack-1: { serial: "/dev/ttyUSB1 19200 8N1" }
              rack-2: { tcp: "10.1.2.3:4001" }
              rack-3: { tcp-listen: 4005 }
              racks: { mllp: server, bind: 10.1.2.3, peers: [10.1.2.7, "fe80::1"] }
            devices:
              pump-1: { profile: alaris-asena-gh, link: "serial:/dev/ttyUSB0 38400 8N1", serial: 8002-1, unit: ICU-1, zone: Europe/Berlin }
              mon-1: { profile: ivy-450c, link: "tcp:[::1]:4001", settings: { waves: none } }
              mon-2: { profile: ivy-450c, link: "tcp-listen:4002" }
              ox-1: { profile: nonin-oem3, link: "udp:10.1.2.3:4003" }
              mon-3: { profile: philips-intellivue, link: "udp-to:10.1.2.4:24105" }
              p-1: { profile: senml-patch, link: "coap://[::1]/vitals" }
              p-2: { profile: senml-patch, link: patches, address: p2 }
              pump-2: { profile: bbraun-space, link: rack-2, address: "50111" }
              strap:
                profile: gatt-heart-rate
                link: radio
                address: "AA:BB:CC:DD:EE:FF"
                handles: { 14: 2a37 }
            profiles: [more-profiles]
            plugins: more-plugins
            """);

    assertThat(config.gateway()).isEqualTo(new GatewayConfig.Self("gw-1", "clinic.north"));
    assertThat(at(config.devices(), "pump-1").zone()).contains(ZoneId.of("Europe/Berlin"));
    assertThat(config.ditto().password().value()).isEqualTo(SECRET);
    assertThat(config.ditto().subject()).isEqualTo("nginx:gw");
    assertThat(config.ditto().ca()).contains(folder.resolve("ca.pem"));
    assertThat(at(config.brokers(), "ward").url()).isEqualTo(URI.create("ssl://broker:8883"));
    assertThat(config.links().get("patches"))
        .isEqualTo(new Hub.Mqtt("ward", "med/{device}/#", Optional.of("application/json"), 6));
    assertThat(config.links().get("coap"))
        .isInstanceOfSatisfying(
            Hub.CoapServer.class, coap -> assertThat(at(coap.keys(), "p1").value()).isEqualTo(KEY));
    assertThat(config.links().get("radio")).isEqualTo(new Hub.Ble("openmqtt", "ward", "floor", 8));
    assertThat(config.links().get("rack-1"))
        .isEqualTo(new Hub.Bytes(new Route.Serial("/dev/ttyUSB1", Optional.of("19200 8N1")), 9));
    assertThat(config.links().get("rack-2"))
        .isEqualTo(new Hub.Bytes(new Route.TcpConnect("10.1.2.3", 4001), 10));
    assertThat(config.links().get("rack-3"))
        .isEqualTo(new Hub.Bytes(new Route.TcpListen("0.0.0.0", 4005), 11));
    assertThat(route(config, "pump-2")).isEqualTo(new Route.Behind("rack-2", "50111"));
    assertThat(config.links().get("racks"))
        .isEqualTo(new Hub.Mllp("10.1.2.3", 2575, Set.of("10.1.2.7", "fe80::1"), 12));
    assertThat(config.devices().keySet())
        .containsExactly(
            "pump-1", "mon-1", "mon-2", "ox-1", "mon-3", "p-1", "p-2", "pump-2", "strap");
    assertThat(route(config, "pump-1"))
        .isEqualTo(new Route.Serial("/dev/ttyUSB0", Optional.of("38400 8N1")));
    assertThat(route(config, "mon-1")).isEqualTo(new Route.TcpConnect("[::1]", 4001));
    assertThat(route(config, "mon-2")).isEqualTo(new Route.TcpListen("0.0.0.0", 4002));
    assertThat(route(config, "ox-1")).isEqualTo(new Route.Udp("10.1.2.3", 4003));
    assertThat(route(config, "mon-3")).isEqualTo(new Route.UdpTo("10.1.2.4", 24_105));
    assertThat(route(config, "p-1"))
        .isEqualTo(
            new Route.CoapObserve(
                URI.create("coap://[::1]/vitals"), Optional.empty(), Optional.empty()));
    assertThat(route(config, "strap")).isEqualTo(new Route.Behind("radio", "AA:BB:CC:DD:EE:FF"));
    assertThat(at(config.devices(), "strap").handles()).isEqualTo(Map.of(14, "2A37"));
    assertThat(at(config.devices(), "mon-1").settings()).isEqualTo(Map.of("waves", "none"));
    assertThat(config.profiles()).containsExactly(folder.resolve("more-profiles"));
    assertThat(config.plugins()).containsExactly(folder.resolve("more-plugins"));
  }

  @Test
  void allProblemsAreReportedTogetherWithFileLineAndSuggestion() {
    var problems =
        problems(
            """
            gatway: { id: gw-1 }
            ditto:
              url: ftp://ditto.example
              user: gw
              pasword: "${env:PW}"
            brokers:
              ward: { url: "tcp://broker:1883", version: 4 }
            links:
              patches: { mqtt: wrad, topic: "med/#" }
            devices:
              bad id: { profile: x, link: "udp:1" }
              a: { profile: x, link: patches }
              b: { profile: x, link: "udp:99999" }
              c: { profile: x, link: "rs232:/dev/ttyS0", serail: 1 }
            """);

    assertThat(problems)
        .extracting(Problem::line, Problem::message)
        .satisfiesExactlyInAnyOrder(
            line(1, "the file needs \"gateway\""),
            line(1, "unknown key \"gatway\"", "did you mean \"gateway\"?"),
            line(3, "url: expected a URL beginning with one of [http, https]"),
            line(3, "ditto needs \"password\""),
            line(5, "unknown key \"pasword\"", "did you mean \"password\"?"),
            line(7, "expected one of [auto, 5, 3.1.1], got \"4\""),
            line(9, "expected one of [ward], got \"wrad\"; did you mean \"ward\"?"),
            line(9, "{device} must stand where the device's address is"),
            line(11, "\"bad id\" cannot be a device id"),
            line(12, "a device behind the link \"patches\" needs its \"address\""),
            line(13, "a port is at most 65535, got 99999"),
            line(14, "link: expected one of", "got \"rs232:/dev/ttyS0\""),
            line(14, "unknown key \"serail\"", "did you mean \"serial\"?"));
    assertThat(problems)
        .allSatisfy(
            problem ->
                assertThat(problem.toString())
                    .startsWith(folder.resolve("gateway.yaml") + ":" + problem.line() + ": "));
  }

  @Test
  void observingWithAKeyNeedsIdentityAndKeyAndWithoutOneTakesNeither() throws Exception {
    Files.writeString(folder.resolve("psk"), KEY);
    var with = "identity: gw-1, key: \"${file:psk}\"";
    var device = HEAD + "devices: { a: { profile: x, link: \"%s://patch/vitals\", %s } }\n";

    assertThat(route(read(device.formatted("coaps", with)), "a"))
        .isInstanceOfSatisfying(
            Route.CoapObserve.class,
            observe -> {
              assertThat(observe.identity()).contains("gw-1");
              assertThat(observe.key().orElseThrow().value()).isEqualTo(KEY);
            });
    assertThat(messages(device.formatted("coaps", "identity: gw-1")))
        .containsExactly(
            "link: coaps:// needs \"identity\" and \"key\" (hex), coap:// takes neither");
    assertThat(messages(device.formatted("coap", with)))
        .containsExactly(
            "link: coaps:// needs \"identity\" and \"key\" (hex), coap:// takes neither");
  }

  @Test
  void aSecretIsNeverPrinted() throws Exception {
    Files.writeString(folder.resolve("pw"), SECRET);
    var config =
        read(
            HEAD.replace("${env:PW}", "${file:" + folder.resolve("pw") + "}")
                + "brokers: { ward: { url: \"tcp://b:1\", user: u, password: \"${env:PW}\" } }\n"
                + "devices: {}\n");

    assertThat(config.ditto().password().value()).isEqualTo(SECRET);
    assertThat(at(config.brokers(), "ward").password().orElseThrow().value()).isEqualTo(SECRET);
    assertThat(config.toString()).doesNotContain(SECRET).contains("***");
  }

  @Test
  void aSecretWrittenOutIsRefusedAndNotRepeated() {
    var text =
        HEAD.replace("${env:PW}", SECRET)
            + "brokers: { ward: { url: \"tcp://b:1\", password: "
            + SECRET
            + " } }\n"
            + "links: { coap: { coap: server, securePort: 0, keys: { p1: "
            + SECRET
            + " } } }\n"
            + "devices: {}\n";

    assertThatThrownBy(() -> read(text))
        .hasMessageContaining(":2: password: a secret is not written here; use ${env:NAME}")
        .hasMessageContaining(":3: password: a secret is not written here")
        .hasMessageContaining(":4: p1: a secret is not written here")
        .hasMessageNotContaining(SECRET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://gw:s3cr3t-0f-the-ward@ditto.example", "gw:s3cr3t-0f-the-ward@ditto"})
  void aPasswordInAUrlIsRefusedAndNotRepeated(String url) {
    assertThatThrownBy(() -> read(HEAD.replace("https://ditto.example", url) + "devices: {}\n"))
        .hasMessageContaining("no user and password in a URL")
        .hasMessageNotContaining(SECRET);
  }

  @Test
  void aSecretThatIsNotThereIsNamedByItsReference() {
    assertThat(messages(HEAD.replace("env:PW", "env:NO_SUCH") + "devices: {}\n"))
        .containsExactly("password: the environment variable NO_SUCH is not set");
    assertThat(messages(HEAD.replace("env:PW", "file:/no/such/file") + "devices: {}\n"))
        .containsExactly("password: cannot read /no/such/file (NoSuchFileException)");
  }

  @Test
  void aFileOfASecretIsFoundBesideTheConfiguration() throws Exception {
    Files.writeString(folder.resolve("pw"), SECRET);

    var config = read(HEAD.replace("${env:PW}", "${file:pw}") + "devices: {}\n");

    assertThat(config.ditto().password().value()).isEqualTo(SECRET);
  }

  @Test
  void theTokenOfAScraperIsASecretThatCannotBeGuessed() throws Exception {
    var console = "console: { scrapeToken: \"${file:scrape.token}\" }\ndevices: {}\n";
    Files.writeString(folder.resolve("scrape.token"), SECRET + "-metrics\n");

    var token = read(HEAD + console).console().orElseThrow().scrapeToken();

    assertThat(token.orElseThrow().value()).isEqualTo(SECRET + "-metrics");
    Files.writeString(folder.resolve("scrape.token"), "s3cr3t");
    assertThat(messages(HEAD + console))
        .containsExactly("scrapeToken has fewer than 20 characters");
    assertThat(messages(HEAD + "console: { scrapeToken: " + SECRET + " }\ndevices: {}\n"))
        .containsExactly(
            "scrapeToken: a secret is not written here; use ${env:NAME} or ${file:/path}");
  }

  @Test
  void aKeyThatIsTooShortIsRefusedAndNotRepeated() throws Exception {
    Files.writeString(folder.resolve("psk"), "deadbeef");

    assertThatThrownBy(
            () ->
                read(
                    HEAD
                        + "links: { c: { coap: server, securePort: 0, keys: { p: \"${file:psk}\" }"
                        + " } }\n"
                        + "devices: {}\n"))
        .hasMessageContaining("p: expected a key of 16 to 64 bytes as hex digits")
        .hasMessageNotContaining("deadbeef");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          { coap: server }                     | needs a "port", a "securePort" or both
          { coap: server, securePort: 1 }      | a secure port needs "keys"
          { coap: server, port: 65536 }        | expected a whole number from 0 to 65535
          { ble: casia, broker: ward }         | did you mean "cassia"?
          { ble: cassia }                      | needs "broker"
          { modbus: ward }                     | a link says what carries it
          { tcp: rack-1 }                      | tcp: expected host:port, got "rack-1"
          { tcp: "rack-1:70000" }              | tcp: a port is at most 65535, got 70000
          { serial: "" }                       | serial: expected /dev/ttyUSB0 9600 8N1
          { tcp-listen: soon }                 | tcp-listen: expected port, address:port, got "soon"
          { tcp: "a:1", topic: x }             | topic
          { mllp: client }                     | expected one of
          { mllp: server, port: 70000 }        | expected a whole number from 0 to 65535
          { mllp: server, peers: rack-7 }      | peers: expected IP addresses, not names
          """)
  void aHubIsCheckedByItself(String hub, String problem) {
    var text =
        HEAD
            + "brokers: { ward: { url: \"tcp://b:1\" } }\nlinks: { h: "
            + hub
            + " }\ndevices: {}\n";

    assertThat(messages(text)).anySatisfy(message -> assertThat(message).contains(problem));
  }

  @Test
  void anAddressBelongsOnlyBehindALink() {
    assertThat(messages(HEAD + "devices: { a: { profile: x, link: \"udp:1\", address: here } }\n"))
        .singleElement()
        .asString()
        .contains("only a device behind one of the links [] has an address");
  }

  @Test
  void aKeyThatStandsTwiceIsAProblemAtItsLine() {
    assertThat(problems(HEAD + "devices:\n  a: { profile: x, link: \"udp:1\" }\n  a: { }\n"))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.line()).isEqualTo(5);
              assertThat(problem.message()).contains("a");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "- a\n", "a: [", "\t", "just text", "a: &x [*x]\n"})
  void whatIsNoMappingIsAProblemAndNoCrash(String text) {
    assertThat(problems(text)).isNotEmpty();
  }

  @Test
  void aMissingFileIsAProblem() {
    assertThatThrownBy(() -> new ConfigReader(Map.of()).read(folder.resolve("none.yaml")))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("none.yaml: cannot be read");
  }

  private static Route route(GatewayConfig config, String device) {
    return at(config.devices(), device).route();
  }

  private static org.assertj.core.api.ThrowingConsumer<org.assertj.core.groups.Tuple> line(
      int line, String... parts) {
    return tuple -> {
      assertThat(tuple.toList().get(0)).isEqualTo(line);
      assertThat(tuple.toList().get(1).toString()).contains(parts);
    };
  }

  private List<String> messages(String text) {
    return problems(text).stream().map(Problem::message).toList();
  }

  private List<Problem> problems(String text) {
    try {
      read(text);
      return List.of();
    } catch (DocumentException e) {
      return e.problems();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private GatewayConfig read(String text) throws DocumentException, IOException {
    var file = folder.resolve("gateway.yaml");
    Files.writeString(file, text);
    return new ConfigReader(Map.of("PW", SECRET)).read(file);
  }

  private static <T> T at(Map<String, T> map, String key) {
    return Objects.requireNonNull(map.get(key), key);
  }
}
