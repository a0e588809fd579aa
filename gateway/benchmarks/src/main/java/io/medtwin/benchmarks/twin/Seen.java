package io.medtwin.benchmarks.twin;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;

/**
 * What an event of the endpoint says, as far as a run looks at it. Pure.
 *
 * @param thingId of the twin
 * @param number the message that its heart rate comes from, if it has one
 * @param observedAtMillis when that was sent
 * @param epoch of the writer, if the event says so
 * @param seq of the write, if the event says so
 * @param alerts whether each alert that it speaks of is present, in order
 */
public record Seen(
    String thingId,
    OptionalLong number,
    long observedAtMillis,
    OptionalLong epoch,
    OptionalLong seq,
    List<Boolean> alerts) {

  private static final JsonPointer HEART =
      JsonPointer.of("features/heart/properties/heartRate/value");
  private static final JsonPointer OBSERVED =
      JsonPointer.of("features/heart/properties/heartRate/observedAt");
  private static final JsonPointer EPOCH = JsonPointer.of("features/link/properties/epoch");
  private static final JsonPointer SEQ = JsonPointer.of("features/link/properties/seq");
  private static final JsonPointer ALERTS = JsonPointer.of("features/alerts/properties/active");

  public Seen {
    alerts = List.copyOf(alerts);
  }

  /** Reads an event in Ditto protocol; none if it is something else. */
  public static Optional<Seen> of(String text) {
    if (!text.startsWith("{")) {
      return Optional.empty();
    }
    JsonObject event = JsonFactory.newObject(text);
    String topic = event.getValue("topic").map(JsonValue::asString).orElse("");
    String[] levels = topic.split("/", -1);
    Optional<JsonObject> value =
        event.getValue("value").filter(JsonValue::isObject).map(JsonValue::asObject);
    if (levels.length < 2 || !topic.contains("/twin/events/") || value.isEmpty()) {
      return Optional.empty();
    }
    JsonObject thing = value.get();
    var alerts = new ArrayList<Boolean>();
    thing
        .getValue(ALERTS)
        .filter(JsonValue::isObject)
        .ifPresent(
            active -> active.asObject().forEach(field -> alerts.add(!field.getValue().isNull())));
    return Optional.of(
        new Seen(
            levels[0] + ":" + levels[1],
            number(thing, HEART),
            thing
                .getValue(OBSERVED)
                .filter(JsonValue::isString)
                .map(at -> millis(at.asString()))
                .orElse(0L),
            number(thing, EPOCH),
            number(thing, SEQ),
            alerts));
  }

  private static OptionalLong number(JsonObject thing, JsonPointer at) {
    return thing
        .getValue(at)
        .filter(JsonValue::isNumber)
        .map(number -> OptionalLong.of(Math.round(number.asDouble())))
        .orElse(OptionalLong.empty());
  }

  private static long millis(String time) {
    try {
      return Instant.parse(time).toEpochMilli();
    } catch (DateTimeParseException e) {
      return 0;
    }
  }
}
