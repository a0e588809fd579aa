package io.medtwin.transports.ble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.medtwin.spi.Message;
import io.medtwin.spi.transport.Delivery;
import io.medtwin.spi.transport.MessageWire;
import io.medtwin.transports.mqtt.MosquittoBroker;
import io.medtwin.transports.mqtt.MqttConfig;
import io.medtwin.transports.mqtt.MqttHub;
import io.medtwin.transports.mqtt.MqttLinkConfig;
import io.medtwin.transports.mqtt.MqttTransport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Cassia gateway in the test's hand, a real broker and the real MQTT transport between. */
class BleOverMqttTest {

  private static final String GATEWAY = "CC:1B:E0:E2:8F:2C";
  private static final String CUFF = "02:00:00:00:20:00";
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir private Path folder;

  @Test
  void aNotificationGetsItsCharacteristicFromTheBridgeOverTheBroker() throws Exception {
    assumeTrue(MosquittoBroker.binary() != null, "mosquitto is not installed");
    var dialect = new CassiaMqtt();
    try (var broker = new MosquittoBroker(folder);
        var ours = new MqttHub(MqttConfig.of(broker.uri(), "medtwin-ble"));
        var theirs = new MqttHub(MqttConfig.of(broker.uri(), "cassia"));
        var bridge = new MqttTransport(theirs, MqttLinkConfig.of("down/" + GATEWAY + "/#")).open();
        var wire =
            new BleBridgeTransport(
                    new MqttTransport(ours, MqttLinkConfig.of(dialect.topicFilter())),
                    BleBridgeConfig.hub(dialect),
                    InstantSource.system(),
                    new Random(1))
                .open();
        var asker = Executors.newSingleThreadExecutor()) {
      var notified = asker.submit(() -> wire.next(LIMIT));
      bridge.send(
          up(
              "notification",
              "{\"id\":\"1\",\"action\":\"data.notification\",\"gateway\":\"%s\","
                      .formatted(GATEWAY)
                  + "\"data\":[{\"id\":\"%s\",\"handle\":2065,\"value\":\"1E84\"}]}"
                      .formatted(CUFF)));
      var question = next(bridge);
      assertThat(question.message().address()).isEqualTo("down/" + GATEWAY + "/api");
      var id = new ObjectMapper().readTree(question.message().bytes()).get("id").asText();
      question.accept(null);
      bridge.send(
          up(
              "api_reply",
              "{\"id\":\"%s\",\"action\":\"api_reply\",\"gateway\":\"%s\",".formatted(id, GATEWAY)
                  + "\"data\":{\"code\":200,\"body\":[{\"uuid\":\"1810\",\"characteristics\":"
                  + "[{\"handle\":2065,\"uuid\":\"2a35\"}]}]}}"));
      var delivery = notified.get(20, TimeUnit.SECONDS);
      assertThat(delivery).isNotNull();
      assertThat(delivery.message().device()).isEqualTo(CUFF);
      assertThat(delivery.message().attributes())
          .containsEntry(Message.GATT_CHARACTERISTIC, "2A35")
          .containsEntry(Message.BRIDGE, GATEWAY);
      delivery.accept(null);
    }
  }

  private static Message up(String lane, String json) {
    var message = Message.text("up/" + GATEWAY + "/" + lane, "application/json", json);
    return new Message(message.address(), null, null, Map.of(), message.payload());
  }

  private static Delivery next(MessageWire wire) throws Exception {
    var delivery = wire.next(LIMIT);
    if (delivery == null) {
      throw new AssertionError("nothing came");
    }
    return delivery;
  }
}
