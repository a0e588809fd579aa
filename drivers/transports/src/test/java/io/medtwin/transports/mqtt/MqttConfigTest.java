package io.medtwin.transports.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MqttConfigTest {

  @ParameterizedTest
  @CsvSource({
    "mqtt://broker, tcp://broker:1883",
    "tcp://broker:1999, tcp://broker:1999",
    "mqtts://broker, ssl://broker:8883",
    "SSL://10.0.0.7:8884, ssl://10.0.0.7:8884"
  })
  void everyWayToWriteABrokerIsRead(String written, String read) {
    assertThat(MqttConfig.of(written, "gw").broker()).hasToString(read);
  }

  @ParameterizedTest
  @ValueSource(strings = {"broker:1883", "http://broker", "tcp://", "tcp://me:secret@broker"})
  void anythingElseIsRefusedWithoutRepeatingAPassword(String broker) {
    assertThatThrownBy(() -> MqttConfig.of(broker, "gw"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
  }

  @Test
  void aPasswordIsNeverPrinted() {
    var config =
        MqttConfig.of("ssl://broker", "gw").withCredentials("me", () -> "secret".toCharArray());
    assertThat(config.toString()).doesNotContain("secret").doesNotContain("me,");
  }

  @Test
  void whatContradictsItselfIsRefused() {
    var plain = MqttConfig.of("tcp://broker", "gw");
    assertThatThrownBy(() -> plain.withTls(MqttTls.systemTrust())).hasMessageContaining("ssl://");
    assertThatThrownBy(() -> plain.withRetry(Duration.ofSeconds(9), Duration.ofSeconds(1)))
        .hasMessageContaining("retryMin");
    assertThatThrownBy(() -> new MqttTls(null, Path.of("own.pem"), null))
        .hasMessageContaining("go together");
    assertThatThrownBy(() -> MqttPresence.at("status/#")).hasMessageContaining("wildcard");
  }

  @ParameterizedTest
  @CsvSource({
    "x/senml,,, application/senml+json",
    "x/senmlc,, application/json, application/senml+cbor",
    "x/senml, Application/CBOR; v=1,, application/cbor",
    "x/pack,, application/json, application/json",
    "x/pack,,,"
  })
  void aContentTypeComesFromThePropertyThenTheTopicThenTheLink(
      String topic, @Nullable String told, @Nullable String byDefault, @Nullable String expected) {
    var inbound = new BrokerClient.Inbound(topic, new byte[0], 0, false, 1, false, told, Map.of());
    assertThat(Router.contentType(inbound, byDefault)).isEqualTo(expected);
  }
}
