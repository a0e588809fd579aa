package io.medtwin.benchmarks.crash;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;

/**
 * One twin event as an observer got it.
 *
 * @param thing which thing
 * @param revision of the thing after it
 * @param epoch of the gateway's run that wrote it; 0 where it does not say
 * @param seq within the epoch
 * @param values new values of the probe, by property
 * @param alerts id → whether the alert is present after it
 * @param recent slot → id of the alert that ended
 * @param events slot → id of the event
 */
record Seen(
    String thing,
    long revision,
    long epoch,
    long seq,
    Map<String, Long> values,
    Map<String, Boolean> alerts,
    Map<String, String> recent,
    Map<String, String> events) {

  /** Feature of the probe's counters. */
  static final String FEATURE = "probe";

  Seen {
    values = Map.copyOf(values);
    alerts = Map.copyOf(alerts);
    recent = Map.copyOf(recent);
    events = Map.copyOf(events);
  }

  /** A WebSocket message of Ditto's, if it is the event of a thing. */
  static Optional<Seen> read(String message) {
    if (!message.startsWith("{")) {
      return Optional.empty();
    }
    var envelope = JsonFactory.newObject(message);
    var topic = envelope.getValue("topic").map(JsonValue::asString).orElse("");
    if (!topic.contains("/things/twin/events/")) {
      return Optional.empty();
    }
    var parts = topic.split("/", 3);
    var path = envelope.getValue("path").map(JsonValue::asString).orElse("/");
    var value = envelope.getValue("value").orElse(JsonFactory.newObject());
    var root =
        path.equals("/")
            ? value.asObject()
            : JsonFactory.newObjectBuilder().build().setValue(path, value);
    return Optional.of(
        read(
            parts[0] + ":" + parts[1],
            envelope.getValue("revision").map(JsonValue::asLong).orElse(0L),
            root));
  }

  private static Seen read(String thing, long revision, JsonObject root) {
    var values = new LinkedHashMap<String, Long>();
    object(root, "features/" + FEATURE + "/properties")
        .forEach(
            field -> {
              if (field.getValue().isObject()) {
                field
                    .getValue()
                    .asObject()
                    .getValue("value")
                    .filter(JsonValue::isNumber)
                    .ifPresent(number -> values.put(field.getKeyName(), (long) number.asDouble()));
              }
            });
    var alerts = new LinkedHashMap<String, Boolean>();
    object(root, "features/alerts/properties/active")
        .forEach(field -> alerts.put(field.getKeyName(), !field.getValue().isNull()));
    return new Seen(
        thing,
        revision,
        number(root, "features/link/properties/epoch"),
        number(root, "features/link/properties/seq"),
        values,
        alerts,
        texts(object(root, "features/alerts/properties/recent")),
        texts(object(root, "features/events/properties")));
  }

  private static Map<String, String> texts(JsonObject slots) {
    var texts = new LinkedHashMap<String, String>();
    slots.forEach(
        field -> {
          if (field.getValue().isObject()) {
            field
                .getValue()
                .asObject()
                .getValue("text")
                .filter(JsonValue::isString)
                .ifPresent(text -> texts.put(field.getKeyName(), text.asString()));
          }
        });
    return texts;
  }

  private static JsonObject object(JsonObject root, String pointer) {
    return root.getValue(pointer)
        .filter(value -> value.isObject() && !value.isNull())
        .map(JsonValue::asObject)
        .orElseGet(JsonFactory::newObject);
  }

  private static long number(JsonObject root, String pointer) {
    return root.getValue(pointer).filter(JsonValue::isNumber).map(JsonValue::asLong).orElse(0L);
  }
}
