package io.medtwin.transports.ble;

import com.fasterxml.jackson.databind.JsonNode;
import io.medtwin.spi.Message;
import io.medtwin.transports.ble.GattEvent.Kind;
import io.medtwin.transports.ble.GattEvent.Part;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * OpenMQTTGateway and Theengs Gateway (docs/use/ble.md of OpenMQTTGateway, docs/use of Theengs):
 * {@code {base}/{gateway}/BTtoMQTT/{address}} with one flat JSON object, {@code
 * {base}/{gateway}/LWT} with {@code online} or {@code offline}.
 *
 * @param base what stands before the gateway's name in topics, {@code home} unless changed
 */
public record OpenMqtt(String base) implements BridgeDialect {

  /** The base topic of bridges that nobody configured otherwise. */
  public static final String DEFAULT_BASE = "home";

  private static final Pattern BASE = Pattern.compile("[^#+/\\s]+(?:/[^#+/\\s]+)*");

  /** Keys that only say how a device was heard; any other key is something decoded. */
  private static final Set<String> HOW_HEARD =
      Set.of(
          "id",
          "mac",
          "mac_type",
          "adv_type",
          "name",
          "rssi",
          "distance",
          "servicedata",
          "servicedatauuid",
          "manufacturerdata",
          "txpower",
          "service_uuid",
          "mfid");

  public OpenMqtt {
    if (!BASE.matcher(base).matches()) {
      throw new IllegalArgumentException(
          "base topic: expected segments without wildcards such as home, got \"" + base + "\"");
    }
  }

  @Override
  public String name() {
    return "openmqtt";
  }

  @Override
  public String topicFilter() {
    return base + "/+/#";
  }

  @Override
  public BridgeInput read(Message carried) throws BridgeFormatException {
    var segments = segmentsOf(carried.address());
    if (segments.length == 2 && "LWT".equals(segments[1])) {
      return presence(segments[0], carried);
    }
    if (segments.length < 3 || !"BTtoMQTT".equals(segments[1])) {
      return new BridgeInput.Nothing();
    }
    var body = BridgeJson.object(carried);
    var device = deviceOf(body, segments[segments.length - 1]);
    var type = addressType(body);
    var rssi = BridgeJson.integer(body, "rssi", -127, 20);
    var name = BridgeJson.text(body, "name");
    var events =
        events(segments[0], device, body, carried).stream()
            .map(event -> event.heard(type, rssi, name))
            .toList();
    return new BridgeInput.Events(events, List.of());
  }

  /**
   * Asks a bridge to read a characteristic, soon. Nothing here can write one.
   *
   * @param poll what to read where
   */
  Message readRequest(ReadPoll poll) {
    var content = BridgeJson.newObject();
    content.put("ble_read_address", poll.device());
    content.put("ble_read_service", GattUuid.inFull(poll.service()));
    content.put("ble_read_char", GattUuid.inFull(poll.characteristic()));
    content.put("value_type", "HEX");
    if (poll.randomAddress()) {
      content.put("mac_type", 1);
    }
    content.put("ttl", ReadPoll.ATTEMPTS);
    content.put("immediate", true);
    return BridgeJson.message(base + "/" + poll.gateway() + "/commands/MQTTtoBT/config", content);
  }

  private static List<GattEvent> events(
      String gateway, String device, JsonNode body, Message carried) throws BridgeFormatException {
    if (body.has("success")) {
      return List.of(answer(gateway, device, body));
    }
    for (var key : (Iterable<String>) body::fieldNames) {
      if (!HOW_HEARD.contains(key)) {
        return List.of(GattEvent.of(Kind.DECODED, gateway, device, carried.bytes()));
      }
    }
    var parts = new ArrayList<GattEvent>();
    byte[] service = BridgeJson.hex(body, "servicedata");
    if (service != null) {
      var uuid = uuid(body, "servicedatauuid");
      parts.add(
          GattEvent.of(Kind.ADVERTISEMENT, gateway, device, service)
              .withPart(Part.SERVICE_DATA, false)
              .withUuids(uuid, null));
    }
    byte[] manufacturer = BridgeJson.hex(body, "manufacturerdata");
    if (manufacturer != null) {
      parts.add(
          GattEvent.of(Kind.ADVERTISEMENT, gateway, device, manufacturer)
              .withPart(Part.MANUFACTURER_DATA, false));
    }
    if (parts.isEmpty()) {
      parts.add(GattEvent.of(Kind.ADVERTISEMENT, gateway, device, new byte[0]));
    }
    return parts;
  }

  /** {@code {"id","service","characteristic","read"|"write","success"}}. */
  private static GattEvent answer(String gateway, String device, JsonNode body)
      throws BridgeFormatException {
    var success = body.path("success");
    var characteristic = uuid(body, "characteristic");
    if (!success.isBoolean() || characteristic == null) {
      throw BridgeJson.malformed("expected \"success\" and \"characteristic\" in an answer");
    }
    Kind kind;
    byte[] value = new byte[0];
    if (body.has("write")) {
      kind = Kind.WRITE_RESPONSE;
    } else if (success.booleanValue()) {
      kind = Kind.READ_RESPONSE;
      byte[] read = BridgeJson.hex(body, "read");
      if (read == null) {
        throw BridgeJson.malformed("expected \"read\" in a successful answer");
      }
      value = read;
    } else {
      kind = Kind.GATT_ERROR;
    }
    return GattEvent.of(kind, gateway, device, value)
        .withUuids(uuid(body, "service"), characteristic)
        .withOk(success.booleanValue());
  }

  private static BridgeInput presence(String gateway, Message carried)
      throws BridgeFormatException {
    return switch (new String(carried.bytes(), StandardCharsets.UTF_8).strip()) {
      case "online" -> new BridgeInput.Presence(gateway, true);
      case "offline" -> new BridgeInput.Presence(gateway, false);
      default -> throw BridgeJson.malformed("expected online or offline as last will");
    };
  }

  /** The address in the body, else in the topic; both must agree where both are addresses. */
  private static String deviceOf(JsonNode body, String segment) throws BridgeFormatException {
    var inTopic = BleAddress.of(segment);
    var id = BridgeJson.text(body, "id");
    var mac = BridgeJson.text(body, "mac");
    var inBody = id == null ? null : BleAddress.of(id);
    if (inBody == null && mac != null) {
      inBody = BleAddress.of(mac); // the id is the UUID of an iBeacon
    }
    boolean bodyNamesNone = id == null && mac == null && !body.has("id");
    var device = bodyNamesNone ? inTopic : inBody;
    if (device == null) {
      throw new BridgeFormatException(
          BridgeFault.INVALID_DEVICE_ID, "expected a Bluetooth address of six octets");
    }
    if (inTopic != null && !inTopic.equals(device)) {
      throw new BridgeFormatException(
          BridgeFault.INVALID_DEVICE_ID, "topic and \"id\" name different devices");
    }
    return device;
  }

  private static @Nullable String addressType(JsonNode body) {
    var type = BridgeJson.integer(body, "mac_type", 0, 3);
    return type == null ? null : type % 2 == 0 ? "public" : "random";
  }

  private static @Nullable String uuid(JsonNode body, String key) {
    var text = BridgeJson.text(body, key);
    return text == null ? null : GattUuid.of(text);
  }

  private String[] segmentsOf(String topic) throws BridgeFormatException {
    if (!topic.startsWith(base + "/")) {
      throw BridgeJson.malformed("expected a topic that starts with " + base + "/");
    }
    return topic.substring(base.length() + 1).split("/", -1);
  }
}
