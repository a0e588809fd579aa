package io.medtwin.transports.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.spi.Message;
import io.medtwin.transports.mqtt.MqttConfig.Version;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An authority, a server and a client certificate, made with openssl at each run. */
@Timeout(60)
@EnabledIf(
    value = "io.medtwin.transports.mqtt.MqttTlsTest#toolsInstalled",
    disabledReason = "mosquitto or openssl is not installed")
class MqttTlsTest {

  @TempDir static Path folder;

  static boolean toolsInstalled() {
    return MosquittoBroker.binary() != null && Files.isExecutable(Path.of("/usr/bin/openssl"));
  }

  @BeforeAll
  static void makeCertificates() throws Exception {
    openssl(
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=ca"
            + " -keyout ca.key -out ca.pem");
    openssl(
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=ca2"
            + " -keyout ca2.key -out ca2.pem");
    signed("server", "subjectAltName=IP:127.0.0.1");
    signed("stranger", "subjectAltName=DNS:broker.example");
    signed("gateway", "extendedKeyUsage=clientAuth");
  }

  @ParameterizedTest
  @EnumSource(
      value = Version.class,
      names = {"V5", "V3_1_1"})
  void aServerOfATrustedAuthorityIsTalkedToAndKnowsUsByOurCertificate(Version version)
      throws Exception {
    try (var broker = broker("server", "require_certificate true")) {
      var tls = new MqttTls(file("ca.pem"), file("gateway.pem"), file("gateway.key"));
      try (var hub = new MqttHub(config(broker, tls).withVersion(version))) {
        var wire = new MqttTransport(hub, MqttLinkConfig.of("med/{device}")).open();
        wire.send(
            new Message("med/w1", null, null, Map.of(), ByteBuffer.wrap("x".getBytes(UTF_8))));
        assertThat(wire.next(Duration.ofSeconds(20))).isNotNull();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Version.class,
      names = {"V5", "V3_1_1"})
  void aServerWithAnotherNameIsRefused(Version version) throws Exception {
    try (var broker = broker("stranger")) {
      var tls = MqttTls.trusting(file("ca.pem"));
      assertRefused(config(broker, tls).withVersion(version), "127.0.0.1");
    }
  }

  @Test
  void aServerOfAnotherAuthorityIsRefused() throws Exception {
    try (var broker = broker("server")) {
      assertRefused(
          config(broker, MqttTls.trusting(file("ca2.pem"))),
          "unable to find valid certification path");
    }
  }

  @Test
  void aKeyInAnotherFormSaysHowToConvertIt() throws Exception {
    Path key = Files.writeString(file("old.key"), "-----BEGIN RSA PRIVATE KEY-----\n");
    var tls = new MqttTls(file("ca.pem"), file("gateway.pem"), key);
    assertThatThrownBy(tls::context)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("openssl pkcs8");
  }

  private static void assertRefused(MqttConfig config, String why) {
    try (var hub = new MqttHub(config)) {
      var transport = new MqttTransport(hub, MqttLinkConfig.of("med/{device}"));
      assertThatThrownBy(transport::open).isInstanceOf(IOException.class).hasMessageContaining(why);
    }
  }

  private static MosquittoBroker broker(String name, String... more) throws IOException {
    var lines = new ArrayList<String>();
    lines.add("cafile " + file("ca.pem"));
    lines.add("certfile " + file(name + ".pem"));
    lines.add("keyfile " + file(name + ".key"));
    lines.addAll(List.of(more));
    return new MosquittoBroker(folder, lines.toArray(String[]::new));
  }

  private static MqttConfig config(MosquittoBroker broker, MqttTls tls) {
    return MqttConfig.of("ssl://127.0.0.1:" + broker.port(), "gw")
        .withTls(tls)
        .withRetry(Duration.ofMinutes(1), Duration.ofMinutes(1));
  }

  private static void signed(String name, String extension) throws Exception {
    Files.writeString(file(name + ".ext"), extension);
    openssl(
        "req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=%1$s -keyout %1$s.key -out %1$s.csr"
            .formatted(name));
    openssl(
        "x509 -req -in %1$s.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile %1$s.ext -out %1$s.pem"
            .formatted(name));
  }

  private static void openssl(String arguments) throws Exception {
    var command = new ArrayList<String>();
    command.add("openssl");
    command.addAll(List.of(arguments.split(" ")));
    var process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(file("openssl.log").toFile())
            .start();
    assertThat(process.waitFor()).as(() -> arguments).isZero();
  }

  private static Path file(String name) {
    return folder.resolve(name);
  }
}
