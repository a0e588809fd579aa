package io.medtwin.transports.ble;

import com.fasterxml.jackson.databind.JsonNode;
import io.medtwin.spi.Message;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cassia gateways over MQTT (SDK guide, "MQTT API"): topics {@code up/{gateway}/...} and {@code
 * down/{gateway}/...}, envelope {@code {"id","action","timestamp","gateway","data"}}. The action
 * says what a message is, not its topic. The gateway is taken from the topic, since replies go to a
 * topic of that name.
 */
public record CassiaMqtt() implements BridgeDialect {

  private static final String UP = "up/";

  @Override
  public String name() {
    return "cassia-mqtt";
  }

  @Override
  public String topicFilter() {
    return "up/+/#";
  }

  @Override
  public BridgeInput read(Message carried) throws BridgeFormatException {
    var gateway = gatewayOf(carried.address());
    var envelope = BridgeJson.object(carried);
    var action = BridgeJson.text(envelope, "action");
    if (action == null) {
      throw BridgeJson.malformed("expected an \"action\"");
    }
    var stated = BridgeJson.text(envelope, "gateway");
    if (stated != null && !stated.equalsIgnoreCase(gateway)) {
      throw BridgeJson.malformed("the topic and \"gateway\" name different bridges");
    }
    return switch (action) {
      case "data.scan" -> events(envelope, object -> CassiaObjects.scan(gateway, object));
      case "data.notification" ->
          events(envelope, object -> List.of(CassiaObjects.notification(gateway, object)));
      case "data.connection_state" ->
          events(envelope, object -> List.of(CassiaObjects.connection(gateway, object)));
      case "heartbeat" -> new BridgeInput.Heartbeat(heartbeatReply(gateway, envelope));
      case "api_reply", "api" -> apiReply(gateway, envelope);
      default -> new BridgeInput.Nothing();
    };
  }

  /**
   * Asks a gateway for the services, characteristics and descriptors of a connected device.
   *
   * @param id id that the answer will carry
   * @param now time of asking
   */
  static Message discoveryRequest(String gateway, String device, String id, Instant now) {
    var content = BridgeJson.newObject();
    content.put("id", id);
    content.put("action", "api");
    content.put("timestamp", now.toEpochMilli());
    content.put("gateway", gateway);
    content
        .putObject("data")
        .put("method", "GET")
        .put("url", "/gatt/nodes/" + device + "/services/characteristics/descriptors")
        .putObject("body");
    return BridgeJson.message("down/" + gateway + "/api", content);
  }

  private static Message heartbeatReply(String gateway, JsonNode heartbeat)
      throws BridgeFormatException {
    var id = heartbeat.get("id");
    if (id == null || !id.isValueNode()) {
      throw BridgeJson.malformed("expected an \"id\" in a heartbeat");
    }
    var reply = BridgeJson.newObject();
    reply.set("id", id);
    reply.put("action", "heartbeat_reply");
    var timestamp = heartbeat.get("timestamp");
    if (timestamp != null && timestamp.isNumber()) {
      reply.set("timestamp", timestamp);
    }
    reply.put("gateway", gateway);
    reply.putObject("data");
    return BridgeJson.message("down/" + gateway + "/heartbeat_reply", reply);
  }

  private static BridgeInput apiReply(String gateway, JsonNode envelope)
      throws BridgeFormatException {
    var id = BridgeJson.word(envelope, "id");
    if (id == null) {
      throw BridgeJson.malformed("expected an \"id\" in an API reply");
    }
    var data = envelope.path("data");
    var code = BridgeJson.integer(data, "code", 100, 599);
    return new BridgeInput.ApiReply(gateway, id, code == null ? 500 : code, data.path("body"));
  }

  private interface Mapping {
    List<GattEvent> of(JsonNode object) throws BridgeFormatException;
  }

  /** One bad object costs that object; only a message of nothing but bad ones is refused. */
  private static BridgeInput events(JsonNode envelope, Mapping mapping)
      throws BridgeFormatException {
    var data = envelope.path("data");
    var time = timeOf(envelope);
    var events = new ArrayList<GattEvent>();
    var faults = new ArrayList<BridgeFault>();
    @Nullable BridgeFormatException first = null;
    for (var object : data.isArray() ? data : List.of(data)) {
      try {
        for (var event : mapping.of(object)) {
          events.add(event.at(time));
        }
      } catch (BridgeFormatException e) {
        faults.add(e.fault());
        first = first == null ? e : first;
      }
    }
    if (events.isEmpty() && first != null) {
      throw first;
    }
    return new BridgeInput.Events(events, faults);
  }

  private static @Nullable Instant timeOf(JsonNode envelope) {
    var word = BridgeJson.word(envelope, "timestamp");
    try {
      return word == null ? null : Instant.ofEpochMilli(Long.parseLong(word));
    } catch (NumberFormatException | DateTimeException e) {
      return null;
    }
  }

  private static String gatewayOf(String topic) throws BridgeFormatException {
    int end = topic.indexOf('/', UP.length());
    if (!topic.startsWith(UP) || end <= UP.length()) {
      throw BridgeJson.malformed("expected a topic up/{gateway}/...");
    }
    return topic.substring(UP.length(), end);
  }
}
