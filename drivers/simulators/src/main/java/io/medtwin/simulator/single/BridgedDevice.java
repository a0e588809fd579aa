package io.medtwin.simulator.single;

import io.medtwin.simulator.ble.GattValue;
import io.medtwin.simulator.ble.OpenMqttGatewayBridge;
import io.medtwin.simulator.device.Broadcast;
import io.medtwin.simulator.device.BroadcastDevice;
import io.medtwin.simulator.play.Playback;
import io.medtwin.simulator.ward.Reach;
import io.medtwin.spi.Message;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A BLE device behind an OpenMQTTGateway of its own: the values of its conversation come as reads
 * of characteristics. What that bridge has no message for (connections, what it decodes itself) is
 * left out. The Bluetooth address follows from the device id.
 */
final class BridgedDevice implements OneDevice {
  private static final String USUAL_BASE = "home";
  private static final Set<String> VALUES = Set.of("notification", "indication", "readResponse");

  private final OpenMqttGatewayBridge bridge;
  private final BroadcastDevice<List<GattValue>> device;
  private final Reach reach;
  private final int count;

  private BridgedDevice(
      OpenMqttGatewayBridge bridge,
      BroadcastDevice<List<GattValue>> device,
      Reach reach,
      int count) {
    this.bridge = bridge;
    this.device = device;
    this.reach = reach;
    this.count = count;
  }

  static OneDevice of(Order order, Where.Mqtt mqtt) {
    var values =
        order.conversation().messages().stream()
            .filter(
                message ->
                    VALUES.contains(message.attributes().getOrDefault(Message.GATT_KIND, ""))
                        && message.attributes().containsKey(Message.GATT_CHARACTERISTIC))
            .toList();
    if (values.isEmpty()) {
      throw new IllegalArgumentException(
          order.sheet().profile()
              + ": its conversations hold no value of a characteristic, and a bridge carries"
              + " nothing else");
    }
    var base = mqtt.topic().isEmpty() ? USUAL_BASE : mqtt.topic();
    var gateway = "OMG_" + order.id();
    var address = address(order.id());
    var bridge = new OpenMqttGatewayBridge(base, gateway, mqtt.broker());
    var played = Playback.ofMessages(values, order.conversation(), order.sheet());
    var device =
        BroadcastDevice.ofMessages(
            order.id(),
            inTime(played, order.epoch()),
            bridge.reach(address, Map.of()),
            said -> said,
            order.speed());
    var reach =
        new Reach.BleBridge(
            mqtt.broker(),
            Reach.BridgeDialect.OPEN_MQTT_GATEWAY,
            gateway,
            List.of(base + "/" + gateway + "/BTtoMQTT/#", base + "/" + gateway + "/LWT"),
            address,
            Map.of());
    return new BridgedDevice(bridge, device, reach, values.size());
  }

  private static Broadcast<List<GattValue>> inTime(Playback<Message> played, Instant epoch) {
    return new Broadcast<>() {
      @Override
      public double ticksPerSecond() {
        return played.ticksPerSecond();
      }

      @Override
      public List<GattValue> at(long tick) {
        var message = played.at(tick);
        var characteristic = message.attributes().getOrDefault(Message.GATT_CHARACTERISTIC, "");
        var at = epoch.plusMillis(Math.round(tick * 1000 / ticksPerSecond()));
        return List.of(new GattValue(characteristic, message.bytes(), at));
      }
    };
  }

  /** A locally administered address: no real device has it. */
  private static String address(String id) {
    int hash = id.hashCode();
    return String.format(
        Locale.ROOT,
        "02:00:%02X:%02X:%02X:%02X",
        hash >>> 24,
        hash >>> 16 & 0xFF,
        hash >>> 8 & 0xFF,
        hash & 0xFF);
  }

  @Override
  public Reach reach() {
    return reach;
  }

  @Override
  public String doing() {
    return "a bridge tells "
        + count
        + " values of its characteristics, around and around, as an OpenMQTTGateway would";
  }

  @Override
  public void start() throws IOException {
    device.start();
  }

  @Override
  public void close() {
    device.close();
    bridge.close();
  }
}
