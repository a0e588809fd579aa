package io.medtwin.simulator.ward;

import io.medtwin.simulator.coap.PreSharedKey;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a gateway reaches a device. */
public sealed interface Reach {

  /**
   * A serial port.
   *
   * @param path stays the same when the port is pulled out and pushed in
   * @param baud line speed as the device's manual has it; the virtual line goes as fast as it can
   * @param frame data bits, parity, stop bits: {@code 8N1}
   */
  record Serial(Path path, int baud, String frame) implements Reach {}

  /** A TCP server to connect to. */
  record Tcp(String host, int port) implements Reach {}

  /**
   * Topics of an MQTT broker.
   *
   * @param broker {@code tcp://host:port}
   * @param topicPattern topics with {@code {device}} where the device id stands
   * @param device that id
   */
  record Mqtt(URI broker, String topicPattern, String device) implements Reach {}

  /**
   * Posts that the device makes to the gateway's CoAP server.
   *
   * @param resource where it posts, {@code coap://127.0.0.1:5683/ingest/wear-5}
   * @param device device id, as in the path
   * @param key for {@code coaps}, else null; its identity is the device id
   */
  record Coap(URI resource, String device, @Nullable PreSharedKey key) implements Reach {}

  /**
   * Messages that the device, or a station for it, sends to the gateway's MLLP server.
   *
   * @param port where the gateway listens
   * @param address the device behind the sender, as the driver names it
   */
  record Mllp(int port, String address) implements Reach {}

  /** The languages of BLE bridges. */
  enum BridgeDialect {
    CASSIA_MQTT,
    OPEN_MQTT_GATEWAY
  }

  /**
   * A BLE bridge on an MQTT broker.
   *
   * @param broker {@code tcp://host:port}
   * @param dialect language of the bridge
   * @param gateway the bridge's name in topics
   * @param topics topics to subscribe to
   * @param address Bluetooth address of the device, upper case with colons
   * @param handles what a handle of this device means, by short upper-case UUID; empty where the
   *     bridge names characteristics itself
   */
  record BleBridge(
      URI broker,
      BridgeDialect dialect,
      String gateway,
      List<String> topics,
      String address,
      Map<Integer, String> handles)
      implements Reach {
    public BleBridge {
      topics = List.copyOf(topics);
      handles = Map.copyOf(handles);
    }
  }
}
