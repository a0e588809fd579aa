package io.medtwin.transports.ble;

import com.fasterxml.jackson.databind.JsonNode;
import io.medtwin.transports.ble.GattEvent.Kind;
import io.medtwin.transports.ble.GattEvent.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The objects in which Cassia gateways say things, the same over server-sent events, MQTT and REST
 * (Cassia SDK guide, "RESTful API").
 */
final class CassiaObjects {

  /** Most characteristics of one device that are kept. */
  private static final int MAX_CHARACTERISTICS = 512;

  private CassiaObjects() {}

  /** {@code {"bdaddrs":[{"bdaddr","bdaddrType"}],"adData"|"scanData","name","rssi"}}. */
  static List<GattEvent> scan(String gateway, JsonNode object) throws BridgeFormatException {
    var first = object.path("bdaddrs").path(0);
    var device = address(first, "bdaddr");
    var rssi = BridgeJson.integer(object, "rssi", -127, 20);
    var type = BridgeJson.text(first, "bdaddrType");
    var name = BridgeJson.text(object, "name");
    var events = new ArrayList<GattEvent>();
    byte[] advertised = BridgeJson.hex(object, "adData");
    if (advertised != null) {
      events.add(
          GattEvent.of(Kind.ADVERTISEMENT, gateway, device, advertised)
              .withPart(Part.STRUCTURES, false));
    }
    byte[] response = BridgeJson.hex(object, "scanData");
    if (response != null) {
      events.add(
          GattEvent.of(Kind.ADVERTISEMENT, gateway, device, response)
              .withPart(Part.STRUCTURES, true));
    }
    if (events.isEmpty()) {
      events.add(GattEvent.of(Kind.ADVERTISEMENT, gateway, device, new byte[0]));
    }
    return events.stream().map(event -> event.heard(type, rssi, name)).toList();
  }

  /** {@code {"handle":"<device address>","connectionState":"connected"|"disconnected"}}. */
  static GattEvent connection(String gateway, JsonNode object) throws BridgeFormatException {
    var state = BridgeJson.text(object, "connectionState");
    if (!"connected".equals(state) && !"disconnected".equals(state)) {
      throw BridgeJson.malformed("expected connected or disconnected in \"connectionState\"");
    }
    return GattEvent.connection(gateway, address(object, "handle"), "connected".equals(state));
  }

  /** {@code {"id":"<device address>","handle":n,"value":hex}}. */
  static GattEvent notification(String gateway, JsonNode object) throws BridgeFormatException {
    return GattEvent.of(Kind.NOTIFICATION, gateway, address(object, "id"), value(object))
        .withHandle(handle(object));
  }

  /** {@code {"handle":"36","value":hex}}, the answer to a read of a device's handle. */
  static GattEvent readReply(String gateway, String device, JsonNode object)
      throws BridgeFormatException {
    return GattEvent.of(Kind.READ_RESPONSE, gateway, device, value(object))
        .withHandle(handle(object));
  }

  /**
   * {@code [{"uuid","characteristics":[{"handle","uuid"}]}]}: the answer to a discovery, as value
   * handle to UUID. Null where it is not such an answer.
   */
  static @Nullable Map<Integer, String> characteristics(JsonNode services) {
    if (!services.isArray()) {
      return null;
    }
    var found = new HashMap<Integer, String>();
    for (var service : services) {
      for (var characteristic : service.path("characteristics")) {
        var handle = BridgeJson.integer(characteristic, "handle", 1, 0xFFFF);
        var text = BridgeJson.text(characteristic, "uuid");
        var uuid = text == null ? null : GattUuid.of(text);
        if (handle != null && uuid != null && found.size() < MAX_CHARACTERISTICS) {
          found.put(handle, uuid);
        }
      }
    }
    return found.isEmpty() ? null : Map.copyOf(found);
  }

  private static String address(JsonNode object, String key) throws BridgeFormatException {
    var text = BridgeJson.text(object, key);
    var address = text == null ? null : BleAddress.of(text);
    if (address == null) {
      throw new BridgeFormatException(
          BridgeFault.INVALID_DEVICE_ID, "expected a Bluetooth address in \"" + key + "\"");
    }
    return address;
  }

  private static int handle(JsonNode object) throws BridgeFormatException {
    var handle = BridgeJson.integer(object, "handle", 1, 0xFFFF);
    if (handle == null) {
      throw BridgeJson.malformed("expected a handle from 1 to 65535");
    }
    return handle;
  }

  private static byte[] value(JsonNode object) throws BridgeFormatException {
    byte[] value = BridgeJson.hex(object, "value");
    if (value == null) {
      throw BridgeJson.malformed("expected a \"value\"");
    }
    return value;
  }
}
