package io.medtwin.app.console;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** Somebody with an MQTT client beside the ward: it says what a device would say. */
final class Guest implements AutoCloseable {

  private final MqttClient client;

  private Guest(MqttClient client) {
    this.client = client;
  }

  static Guest at(URI broker) throws MqttException {
    var client =
        new MqttClient(broker.toString(), "guest-" + UUID.randomUUID(), new MemoryPersistence());
    client.connect();
    return new Guest(client);
  }

  /** A SenML pack of the patch with that address. */
  void patch(String address, String records) throws MqttException {
    publish("med/v1/ward/" + address + "/telemetry/pack", "application/senml+json", records);
  }

  /** What the watch with that id says. */
  void watch(String id, String json) throws MqttException {
    publish("watch/" + id + "/vitals", "application/json", json);
  }

  private void publish(String topic, String type, String text) throws MqttException {
    var message = new MqttMessage(text.getBytes(StandardCharsets.UTF_8));
    message.setQos(1);
    var properties = new MqttProperties();
    properties.setContentType(type);
    message.setProperties(properties);
    client.publish(topic, message);
  }

  @Override
  public void close() throws MqttException {
    client.disconnect();
    client.close();
  }
}
