package io.medtwin.transports.mqtt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;

/** A connection in MQTT 3.1.1: no content type, no user properties, no receive maximum. */
final class PahoV3Client implements BrokerClient {

  private static final int FAILURE = 0x80; // SUBACK, MQTT 3.1.1 section 3.9.3

  private final MqttConfig config;
  private final String name;
  private final long limitMillis;
  private final Events events;
  private final MqttAsyncClient client;

  PahoV3Client(MqttConfig config, String name, Events events) throws IOException {
    this.config = config;
    this.name = name;
    this.limitMillis = config.connectLimit().toMillis();
    this.events = events;
    try {
      client =
          new MqttAsyncClient(
              config.broker().toString(), config.clientId(), new MemoryPersistence());
    } catch (MqttException e) {
      throw failure(e);
    }
    client.setManualAcks(true);
    client.setCallback(new Callback());
  }

  @Override
  public boolean connect() throws IOException {
    try {
      IMqttToken token = client.connect(options());
      token.waitForCompletion(2 * limitMillis); // the socket first, then the CONNACK
      return token.getSessionPresent();
    } catch (MqttException e) {
      throw failure(e);
    } catch (RuntimeException e) {
      throw BrokerTrouble.unexpected(name, e);
    }
  }

  @Override
  public int subscribe(String filter, int qos, boolean sendRetained) throws IOException {
    try {
      IMqttToken token = client.subscribe(filter, qos);
      token.waitForCompletion(limitMillis);
      int[] granted = token.getGrantedQos();
      int code = granted == null || granted.length == 0 ? qos : granted[0];
      if (code >= FAILURE) {
        throw BrokerTrouble.of(name + " " + filter, code, "the subscription is refused", null);
      }
      return code;
    } catch (MqttException e) {
      throw failure(e);
    } catch (RuntimeException e) {
      throw BrokerTrouble.unexpected(name, e);
    }
  }

  @Override
  public void publish(
      String topic, byte[] payload, int qos, boolean retained, @Nullable String contentType)
      throws IOException {
    try {
      client.publish(topic, payload, qos, retained).waitForCompletion(limitMillis);
    } catch (MqttException e) {
      throw failure(e);
    } catch (RuntimeException e) {
      throw BrokerTrouble.unexpected(name, e);
    }
  }

  @Override
  public void acknowledge(int packetId) {
    try {
      client.messageArrivedComplete(packetId, 1);
    } catch (MqttException | RuntimeException e) {
      // The connection broke meanwhile (Paho also answers with a NullPointerException): the broker
      // sends the message again.
    }
  }

  @Override
  public void close() {
    try {
      client.disconnectForcibly(0, 500, client.isConnected());
    } catch (MqttException | RuntimeException e) {
      // Never connected, or broken already: nothing to say goodbye to.
    }
    try {
      client.close(true);
    } catch (MqttException | RuntimeException e) {
      // Releasing memory only; the sockets are closed.
    }
  }

  private MqttConnectOptions options() throws IOException {
    var options = new MqttConnectOptions();
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    options.setAutomaticReconnect(false);
    options.setCleanSession(config.cleanStart());
    options.setMaxInflight(config.maxInFlight());
    options.setKeepAliveInterval(Math.toIntExact(config.keepAlive().toSeconds()));
    options.setConnectionTimeout(Math.toIntExact(Math.max(1, limitMillis / 1000)));
    if (config.username() != null) {
      options.setUserName(config.username());
    }
    if (config.password() != null) {
      options.setPassword(config.password().get());
    }
    if (config.isEncrypted()) {
      MqttTls tls = config.tls() == null ? MqttTls.systemTrust() : config.tls();
      options.setSocketFactory(tls.context().getSocketFactory());
      options.setHttpsHostnameVerificationEnabled(true);
    } else {
      options.setSocketFactory(new BufferedSockets());
    }
    MqttPresence presence = config.presence();
    if (presence != null) {
      options.setWill(presence.topic(), presence.lost().getBytes(StandardCharsets.UTF_8), 1, true);
    }
    return options;
  }

  private IOException failure(MqttException e) {
    return BrokerTrouble.of(name, e.getReasonCode(), BrokerTrouble.deepest(e), e);
  }

  private final class Callback implements MqttCallback {

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      events.arrived(
          PahoV3Client.this,
          new Inbound(
              topic,
              message.getPayload(),
              message.getQos(),
              message.isRetained(),
              message.getId(),
              message.isDuplicate(),
              null,
              Map.of()));
    }

    @Override
    public void connectionLost(Throwable cause) {
      events.lost(
          PahoV3Client.this,
          cause instanceof MqttException e
              ? failure(e)
              : new IOException(name + ": the connection broke", cause));
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {}
  }
}
