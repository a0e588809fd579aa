package io.medtwin.transports.mqtt;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;

/** A connection in MQTT 5. */
final class PahoV5Client implements BrokerClient {

  /** Largest packet the broker may send us: bounds memory, far above the 64 KiB we take. */
  private static final long MAX_PACKET_BYTES = 1024 * 1024;

  private static final int RETAINED_ON_SUBSCRIBE = 0;
  private static final int RETAINED_NEVER = 2;
  private static final int FAILURE = 0x80;

  private final MqttConfig config;
  private final String name;
  private final long limitMillis;
  private final Events events;
  private final MqttAsyncClient client;

  /**
   * How many of the coming messages may have come before. Paho 1.2.5 does not hand on the DUP flag
   * of MQTT 5; but a broker sends again only in a session that it resumes, first of all, and no
   * more than were under way.
   */
  private final AtomicInteger mayBeAgain;

  PahoV5Client(MqttConfig config, String name, Events events) throws IOException {
    this.config = config;
    this.name = name;
    this.limitMillis = config.connectLimit().toMillis();
    this.events = events;
    this.mayBeAgain = new AtomicInteger(config.receiveMaximum());
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
      boolean resumed = token.getSessionPresent();
      if (!resumed) {
        mayBeAgain.set(0);
      }
      return resumed;
    } catch (MqttException e) {
      if (saysOtherVersion(e)) {
        throw new UnsupportedVersionException(name + ": the broker does not know MQTT 5", e);
      }
      throw failure(e);
    } catch (RuntimeException e) {
      throw BrokerTrouble.unexpected(name, e);
    }
  }

  @Override
  public int subscribe(String filter, int qos, boolean sendRetained) throws IOException {
    var subscription = new MqttSubscription(filter, qos);
    subscription.setRetainAsPublished(false); // "retained" then means: kept by the broker, old
    subscription.setRetainHandling(sendRetained ? RETAINED_ON_SUBSCRIBE : RETAINED_NEVER);
    try {
      IMqttToken token =
          client.subscribe(new MqttSubscription[] {subscription}, null, null, new MqttProperties());
      token.waitForCompletion(limitMillis);
      int[] codes = token.getReasonCodes();
      int code = codes == null || codes.length == 0 ? 0 : codes[0];
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
    var properties = new MqttProperties();
    if (contentType != null) {
      properties.setContentType(contentType);
    }
    try {
      IMqttToken token = client.publish(topic, new MqttMessage(payload, qos, retained, properties));
      token.waitForCompletion(limitMillis);
      int[] codes = token.getReasonCodes();
      if (codes != null && codes.length > 0 && codes[0] >= FAILURE) {
        throw BrokerTrouble.of(name + " " + topic, codes[0], "the message is refused", null);
      }
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

  private MqttConnectionOptions options() throws IOException {
    var options = new MqttConnectionOptions();
    options.setAutomaticReconnect(false);
    options.setUseSubscriptionIdentifiers(false);
    options.setCleanStart(config.cleanStart());
    options.setSessionExpiryInterval(config.sessionExpiry().toSeconds());
    options.setReceiveMaximum(config.receiveMaximum());
    options.setMaximumPacketSize(MAX_PACKET_BYTES);
    options.setKeepAliveInterval(Math.toIntExact(config.keepAlive().toSeconds()));
    options.setConnectionTimeout(Math.toIntExact(Math.max(1, limitMillis / 1000)));
    if (config.username() != null) {
      options.setUserName(config.username());
    }
    if (config.password() != null) {
      options.setPassword(new String(config.password().get()).getBytes(StandardCharsets.UTF_8));
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
      var will = new MqttProperties();
      will.setWillDelayInterval(presence.willDelay().toSeconds());
      options.setWill(
          presence.topic(),
          new MqttMessage(
              presence.lost().getBytes(StandardCharsets.UTF_8), 1, true, new MqttProperties()));
      options.setWillMessageProperties(will);
    }
    return options;
  }

  /**
   * A 5-only refusal, or what a 3.1.1 broker does with a CONNECT it cannot read: an answer in its
   * own form, which is no MQTT 5 packet, or an end without any.
   */
  private static boolean saysOtherVersion(MqttException e) {
    return e.getReasonCode() == BrokerTrouble.UNSUPPORTED_VERSION
        || e.getReasonCode() == MqttException.REASON_CODE_INVALID_RETURN_CODE
        || e.getCause() instanceof EOFException;
  }

  private IOException failure(MqttException e) {
    return BrokerTrouble.of(name, e.getReasonCode(), BrokerTrouble.deepest(e), e);
  }

  private final class Callback implements MqttCallback {

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      MqttProperties properties = message.getProperties();
      Map<String, String> user = new LinkedHashMap<>();
      if (properties.getUserProperties() != null) {
        for (var property : properties.getUserProperties()) {
          if (user.size() < MAX_USER_PROPERTIES) {
            user.put(property.getKey(), property.getValue());
          }
        }
      }
      events.arrived(
          PahoV5Client.this,
          new Inbound(
              topic,
              message.getPayload(),
              message.getQos(),
              message.isRetained(),
              message.getId(),
              mayBeAgain.getAndUpdate(left -> Math.max(0, left - 1)) > 0,
              properties.getContentType(),
              user));
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
      MqttException cause = response.getException();
      events.lost(
          PahoV5Client.this,
          cause != null
              ? failure(cause)
              : BrokerTrouble.of(name, response.getReturnCode(), response.getReasonString(), null));
    }

    @Override
    public void mqttErrorOccurred(MqttException exception) {
      // Paho goes on by itself, or calls disconnected.
    }

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}
  }
}
