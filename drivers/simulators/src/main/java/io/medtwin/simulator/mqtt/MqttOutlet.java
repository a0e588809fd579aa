package io.medtwin.simulator.mqtt;

import io.medtwin.simulator.device.Outlet;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A device or bridge with a connection of its own to an MQTT 5 broker. It may say that it is there
 * (birth) and leave a will, and comes back by itself when the broker was away. Unplugged, the
 * connection breaks without goodbye, so that the broker publishes the will.
 *
 * <p>A publish never waits: beyond {@link #MAX_UNACKNOWLEDGED} and while there is no connection it
 * is lost and counted.
 */
public final class MqttOutlet implements Outlet<Publication> {
  /** Publishes under way before further ones are lost. */
  public static final int MAX_UNACKNOWLEDGED = 64;

  private static final Logger LOG = LoggerFactory.getLogger(MqttOutlet.class);
  private static final long CONNECT_LIMIT_MILLIS = 5_000;
  private static final int RECONNECT_MIN_SECONDS = 1;
  private static final int RECONNECT_MAX_SECONDS = 8;
  private static final int KEEP_ALIVE_SECONDS = 30;

  private final URI broker;
  private final String clientId;
  private final @Nullable Publication birth;
  private final @Nullable Publication lastWill;
  private final @Nullable Publication farewell;
  private final @Nullable String commands;
  private final BiConsumer<String, byte[]> onCommand;
  private final AtomicLong lost = new AtomicLong();
  private volatile @Nullable MqttAsyncClient client;
  private boolean closed;

  private MqttOutlet(
      URI broker,
      String clientId,
      @Nullable Publication birth,
      @Nullable Publication lastWill,
      @Nullable Publication farewell,
      @Nullable String commands,
      BiConsumer<String, byte[]> onCommand) {
    this.broker = broker;
    this.clientId = clientId;
    this.birth = birth;
    this.lastWill = lastWill;
    this.farewell = farewell;
    this.commands = commands;
    this.onCommand = onCommand;
  }

  /**
   * A device that only publishes. Not connected before {@link #plug}.
   *
   * @param broker {@code tcp://host:port}
   * @param birth said after each connecting
   * @param lastWill said by the broker when the connection breaks
   * @param farewell said before an orderly goodbye
   */
  public static MqttOutlet ofDevice(
      URI broker, String clientId, Publication birth, Publication lastWill, Publication farewell) {
    return new MqttOutlet(
        broker, clientId, birth, lastWill, farewell, null, (topic, payload) -> {});
  }

  /**
   * A device that only publishes, and says nothing of its coming and going. Not connected before
   * {@link #plug}.
   *
   * @param broker {@code tcp://host:port}
   */
  public static MqttOutlet ofSilentDevice(URI broker, String clientId) {
    return new MqttOutlet(broker, clientId, null, null, null, null, (topic, payload) -> {});
  }

  /**
   * A bridge that takes commands, too.
   *
   * @param lastWill null for a make of bridge that has none
   * @param farewell null for a make of bridge that says none
   * @param commands topic filter of its commands
   * @param onCommand gets topic and content, on the client's thread; must not block
   */
  public static MqttOutlet ofBridge(
      URI broker,
      String clientId,
      Publication birth,
      @Nullable Publication lastWill,
      @Nullable Publication farewell,
      String commands,
      BiConsumer<String, byte[]> onCommand) {
    return new MqttOutlet(broker, clientId, birth, lastWill, farewell, commands, onCommand);
  }

  /** Publications that no broker was there to take. */
  public long lost() {
    return lost.get();
  }

  @Override
  public void send(Publication said) {
    var now = client;
    try {
      if (now == null
          || !now.isConnected()
          || now.getInFlightMessageCount() >= MAX_UNACKNOWLEDGED) {
        lost.incrementAndGet();
      } else {
        now.publish(said.topic(), message(said));
      }
    } catch (MqttException e) {
      lost.incrementAndGet();
      LOG.debug("{}: a publication was lost", clientId, e);
    }
  }

  @Override
  public synchronized void plug() throws IOException {
    if (closed) {
      throw new IOException(clientId + " is closed");
    }
    if (client != null) {
      return;
    }
    try {
      var fresh = new MqttAsyncClient(broker.toString(), clientId, new MemoryPersistence());
      fresh.setCallback(new Callback(fresh));
      client = fresh;
      fresh.connect(options()).waitForCompletion(CONNECT_LIMIT_MILLIS);
    } catch (MqttException e) {
      breakConnection();
      throw new IOException(clientId + ": no MQTT connection to " + broker, e);
    }
  }

  @Override
  public synchronized void unplug() {
    breakConnection();
  }

  @Override
  public synchronized void close() {
    closed = true;
    var now = client;
    client = null;
    if (now == null) {
      return;
    }
    try {
      if (now.isConnected()) {
        if (farewell != null) {
          now.publish(farewell.topic(), message(farewell)).waitForCompletion(CONNECT_LIMIT_MILLIS);
        }
        now.disconnect().waitForCompletion(CONNECT_LIMIT_MILLIS);
      }
    } catch (MqttException e) {
      LOG.debug("{}: left without goodbye", clientId, e);
    } finally {
      closeForGood(now);
    }
  }

  private void breakConnection() {
    var now = client;
    client = null;
    if (now == null) {
      return;
    }
    try {
      now.disconnectForcibly(0, 0, false);
    } catch (MqttException e) {
      LOG.debug("{}: was not connected", clientId, e);
    } finally {
      closeForGood(now);
    }
  }

  private void closeForGood(MqttAsyncClient now) {
    try {
      now.close(true);
    } catch (MqttException e) {
      LOG.debug("{}: closing failed", clientId, e);
    }
  }

  private MqttConnectionOptions options() {
    var options = new MqttConnectionOptions();
    options.setCleanStart(true);
    options.setAutomaticReconnect(true);
    options.setAutomaticReconnectDelay(RECONNECT_MIN_SECONDS, RECONNECT_MAX_SECONDS);
    options.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
    if (lastWill != null) {
      options.setWill(lastWill.topic(), message(lastWill));
    }
    return options;
  }

  private static MqttMessage message(Publication said) {
    var properties = new MqttProperties();
    if (said.contentType() != null) {
      properties.setContentType(said.contentType());
    }
    return new MqttMessage(said.payload(), said.qos(), said.retained(), properties);
  }

  /** Keeps birth and subscription true after each connecting. */
  private final class Callback implements MqttCallback {
    private final MqttAsyncClient connected;

    Callback(MqttAsyncClient connected) {
      this.connected = connected;
    }

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {
      try {
        if (commands != null) {
          connected.subscribe(commands, 1);
        }
        if (birth != null) {
          connected.publish(birth.topic(), message(birth));
        }
      } catch (MqttException e) {
        LOG.warn("{}: cannot say that it is there; it is silent until it reconnects", clientId, e);
      }
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      onCommand.accept(topic, message.getPayload());
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
      LOG.debug("{}: connection lost, code {}", clientId, response.getReturnCode());
    }

    @Override
    public void mqttErrorOccurred(MqttException exception) {
      LOG.debug("{}: MQTT error", clientId, exception);
    }

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}
  }
}
