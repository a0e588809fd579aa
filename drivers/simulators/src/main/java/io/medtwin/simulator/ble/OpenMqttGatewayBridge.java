package io.medtwin.simulator.ble;

import io.medtwin.simulator.device.Outlet;
import io.medtwin.simulator.mqtt.MqttOutlet;
import io.medtwin.simulator.mqtt.Publication;
import java.io.IOException;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An ESP32 with OpenMQTTGateway (its docs, "BLE gateway"): reads of a characteristic are answered
 * at {@code home/{gateway}/BTtoMQTT/{address without colons}}. It polls its sensors by itself, as
 * set up with {@code interval}, and reads at once what is asked at {@code
 * home/{gateway}/commands/MQTTtoBT/config}. State at {@code home/{gateway}/LWT}, kept by the
 * broker.
 */
public final class OpenMqttGatewayBridge implements BleBridge {
  private static final Logger LOG = LoggerFactory.getLogger(OpenMqttGatewayBridge.class);
  private static final String BASE_UUID = "-0000-1000-8000-00805f9b34fb";

  private static final int SHORT_UUID = 4;
  private static final String DEFAULT_BASE = "home";

  private final String base;
  private final MqttOutlet mqtt;
  private final Map<String, Radio> radios = new ConcurrentHashMap<>();
  private final String gateway;

  /**
   * A bridge at the usual base topic that is not connected yet.
   *
   * @param gateway its name in topics, {@code OMG_ward}
   * @param broker {@code tcp://host:port}
   */
  public OpenMqttGatewayBridge(String gateway, URI broker) {
    this(DEFAULT_BASE, gateway, broker);
  }

  /**
   * A bridge that is not connected yet.
   *
   * @param base what stands before its name in topics
   * @param gateway its name in topics
   * @param broker {@code tcp://host:port}
   */
  public OpenMqttGatewayBridge(String base, String gateway, URI broker) {
    this.gateway = gateway;
    this.base = base + "/" + gateway;
    var state = this.base + "/LWT";
    this.mqtt =
        MqttOutlet.ofBridge(
            broker,
            gateway,
            Publication.state(state, "online"),
            Publication.state(state, "offline"),
            Publication.state(state, "offline"),
            this.base + "/commands/MQTTtoBT/config",
            this::onCommand);
  }

  @Override
  public void start() throws IOException {
    mqtt.plug();
  }

  @Override
  public Outlet<List<GattValue>> reach(GattSensor sensor) {
    return reach(sensor.sheet().address(), sensor.readable());
  }

  /**
   * The radio between this bridge and a sensor of any kind.
   *
   * @param address Bluetooth device address, upper case with colons
   * @param readable what can be read from it at any time, by characteristic
   */
  public Outlet<List<GattValue>> reach(String address, Map<String, byte[]> readable) {
    var radio = new Radio(address, Map.copyOf(readable));
    radios.put(address, radio);
    return radio;
  }

  @Override
  public void connected(boolean connected) throws IOException {
    if (connected) {
      mqtt.plug();
    } else {
      mqtt.unplug();
    }
  }

  @Override
  public void close() {
    mqtt.close();
  }

  private void onCommand(String topic, byte[] content) {
    try {
      var command = Json.flat(content);
      var address = command.getOrDefault("ble_read_address", "").toUpperCase(Locale.ROOT);
      var characteristic = shortUuid(command.getOrDefault("ble_read_char", ""));
      var radio = radios.get(address);
      if (radio != null && !characteristic.isEmpty()) {
        radio.read(characteristic);
      }
    } catch (IOException e) {
      LOG.debug("{}: a command on {} is no JSON object", gateway, topic);
    }
  }

  private static String shortUuid(String uuid) {
    var text = uuid.toUpperCase(Locale.ROOT);
    boolean assigned = text.startsWith("0000") && text.endsWith(BASE_UUID.toUpperCase(Locale.ROOT));
    return assigned ? text.substring(SHORT_UUID, 2 * SHORT_UUID) : text;
  }

  private static String inFull(String uuid) {
    var text = uuid.toLowerCase(Locale.ROOT);
    return uuid.length() == SHORT_UUID ? "0000" + text + BASE_UUID : text;
  }

  private static String service(String characteristic) {
    return switch (characteristic) {
      case "2A37" -> "180d";
      case "2A5F" -> "1822";
      case "2A1C" -> "1809";
      case "2A35" -> "1810";
      case "2A19" -> "180f";
      case "2AA7" -> "181f";
      default -> "180a";
    };
  }

  /** Between the bridge and one sensor. */
  private final class Radio implements Outlet<List<GattValue>> {
    private final String address;
    private final Map<String, byte[]> readable;
    private final Map<String, GattValue> latest = new ConcurrentHashMap<>();
    private volatile boolean inReach;

    Radio(String address, Map<String, byte[]> readable) {
      this.address = address;
      this.readable = readable;
    }

    @Override
    public void send(List<GattValue> said) {
      for (var value : said) {
        latest.put(value.characteristic(), value);
        if (inReach) {
          publish(value.characteristic(), value.hex(), true);
        }
      }
    }

    @Override
    public void plug() throws IOException {
      mqtt.plug();
      inReach = true;
    }

    @Override
    public void unplug() {
      inReach = false;
    }

    @Override
    public void close() {
      unplug();
      radios.remove(address);
    }

    void read(String characteristic) {
      var value = latest.get(characteristic);
      var constant = readable.get(characteristic);
      if (!inReach || value == null && constant == null) {
        publish(characteristic, "", false);
      } else if (value != null) {
        publish(characteristic, value.hex(), true);
      } else {
        publish(characteristic, HexFormat.of().withUpperCase().formatHex(constant), true);
      }
    }

    private void publish(String characteristic, String hex, boolean success) {
      var text =
          Json.object(
              json -> {
                json.writeStringField("id", address);
                if (characteristic.length()
                    == SHORT_UUID) { // of another one the service is unknown
                  json.writeStringField("service", inFull(service(characteristic)));
                }
                json.writeStringField("characteristic", inFull(characteristic));
                if (success) {
                  json.writeStringField("read", hex);
                }
                json.writeBooleanField("success", success);
              });
      mqtt.send(Publication.text(base + "/BTtoMQTT/" + address.replace(":", ""), null, text));
    }
  }
}
