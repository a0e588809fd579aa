package io.medtwin.simulator.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.mqttv5.client.IMqttMessageListener;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EmbeddedBrokerTest {
  private static final long PATIENCE_SECONDS = 20;
  private static EmbeddedBroker broker;

  @BeforeAll
  static void start() throws IOException {
    broker = EmbeddedBroker.start();
  }

  private final List<MqttClient> clients = new ArrayList<>();

  @AfterEach
  void disconnect() throws MqttException {
    for (var client : clients) {
      if (client.isConnected()) {
        client.disconnect();
      }
      client.close(true);
    }
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void mqtt5KeepsContentTypeAndRetainedFlag() throws Exception {
    var message = new MqttMessage("[]".getBytes(UTF_8), 1, true, new MqttProperties());
    message.getProperties().setContentType("application/senml+json");
    connect("sender5").publish("kept/pack", message);
    BlockingQueue<MqttMessage> received = new ArrayBlockingQueue<>(8);
    var receiver = connect("receiver5");
    subscribe(receiver, "kept/#", received);
    var first = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);

    assertThat(first.isRetained()).isTrue();
    assertThat(first.getQos()).isEqualTo(1);
    assertThat(first.getProperties().getContentType()).isEqualTo("application/senml+json");
  }

  @Test
  void aWillIsSentWhenTheDeviceVanishes() throws Exception {
    BlockingQueue<MqttMessage> received = new ArrayBlockingQueue<>(8);
    var watcher = connect("watcher");
    subscribe(watcher, "vanish/status", received);
    var options = new MqttConnectionOptions();
    options.setWill(
        "vanish/status", new MqttMessage("offline".getBytes(UTF_8), 1, true, new MqttProperties()));
    var device = new MqttClient(broker.uri().toString(), "vanishing", new MemoryPersistence());
    device.connect(options);
    device.disconnectForcibly(0, 0, false);
    device.close(true);

    assertThat(received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).hasToString("offline");
  }

  @Test
  void aDurableSessionGetsWhatCameWhileItWasAway() throws Exception {
    var options = new MqttConnectionOptions();
    options.setCleanStart(false);
    options.setSessionExpiryInterval(3600L);
    BlockingQueue<MqttMessage> received = new ArrayBlockingQueue<>(8);
    var gateway = new MqttClient(broker.uri().toString(), "gateway", new MemoryPersistence());
    gateway.connect(options);
    subscribe(gateway, "away/#", received);
    gateway.disconnect();
    connect("sender-away")
        .publish("away/1", new MqttMessage("1".getBytes(UTF_8), 1, false, new MqttProperties()));
    gateway.connect(options);
    subscribe(gateway, "away/#", received);

    assertThat(received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).hasToString("1");
    gateway.disconnect();
    gateway.close();
  }

  @Test
  void mqtt311ClientsTalkToMqtt5Clients() throws Exception {
    BlockingQueue<String> received = new ArrayBlockingQueue<>(8);
    var old =
        new org.eclipse.paho.client.mqttv3.MqttClient(
            broker.uri().toString(),
            "old",
            new org.eclipse.paho.client.mqttv3.persist.MemoryPersistence());
    var options = new MqttConnectOptions();
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    old.connect(options);
    old.subscribe("mixed/#", 1, (topic, message) -> received.add(topic + "=" + message));
    connect("sender-mixed")
        .publish("mixed/a", new MqttMessage("x".getBytes(UTF_8), 1, false, new MqttProperties()));

    assertThat(received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("mixed/a=x");
    old.disconnect();
    old.close();
  }

  @Test
  void aTakenPortIsSaid() {
    assertThatThrownBy(() -> EmbeddedBroker.start(broker.port()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(String.valueOf(broker.port()));
  }

  private MqttClient connect(String id) throws Exception {
    var client = new MqttClient(broker.uri().toString(), id, new MemoryPersistence());
    clients.add(client);
    client.connect();
    return client;
  }

  private static void subscribe(MqttClient client, String filter, BlockingQueue<MqttMessage> into)
      throws Exception {
    client.subscribe(
        new MqttSubscription[] {new MqttSubscription(filter, 1)},
        new IMqttMessageListener[] {(topic, message) -> into.add(message)});
  }
}
