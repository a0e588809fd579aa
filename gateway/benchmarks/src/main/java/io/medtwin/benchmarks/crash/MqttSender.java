package io.medtwin.benchmarks.crash;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;

/** Publishes with QoS 1, one message of a device at a time, past the relay: as devices do. */
final class MqttSender implements Sender {

  private static final long ANSWER_MILLIS = 5_000;
  private static final Duration RETRY = Duration.ofMillis(50);

  /** It tells each connection that breaks, with its stack. */
  private static final Logger LIBRARY = Logger.getLogger("org.eclipse.paho.mqttv5.client");

  static {
    LIBRARY.setLevel(Level.OFF);
  }

  private final String broker;
  private @Nullable MqttAsyncClient client;
  private boolean closed;

  MqttSender(int port) {
    this.broker = "tcp://127.0.0.1:" + port;
  }

  @Override
  public void send(ProbeDevice device, ProbeDevice.Words words) throws InterruptedException {
    var properties = new MqttProperties();
    if (device.way() == ProbeDevice.Way.PACK) {
      properties.setContentType("application/senml+json");
    }
    var bytes = words.payload().getBytes(StandardCharsets.UTF_8);
    while (true) {
      try {
        var connected = connected();
        if (connected == null) {
          return;
        }
        connected
            .publish(
                device.way().word() + "/" + device.id(),
                new MqttMessage(bytes, 1, false, properties))
            .waitForCompletion(ANSWER_MILLIS);
        return;
      } catch (MqttException e) {
        Thread.sleep(RETRY); // the broker is away
      }
    }
  }

  /** A connection, or null when the harness ends. */
  private synchronized @Nullable MqttAsyncClient connected() throws MqttException {
    if (closed || (client != null && client.isConnected())) {
      return closed ? null : client;
    }
    drop();
    var fresh = new MqttAsyncClient(broker, "crash-load", new MemoryPersistence());
    client = fresh;
    var options = new MqttConnectionOptions();
    options.setCleanStart(true);
    options.setAutomaticReconnect(false);
    fresh.connect(options).waitForCompletion(ANSWER_MILLIS);
    return fresh;
  }

  private void drop() {
    var old = client;
    client = null;
    if (old != null) {
      try {
        old.disconnectForcibly(0, 0, false);
      } catch (MqttException e) {
        // it was not connected
      }
      try {
        old.close(true);
      } catch (MqttException e) {
        // nothing more can be done for it
      }
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    drop();
  }
}
