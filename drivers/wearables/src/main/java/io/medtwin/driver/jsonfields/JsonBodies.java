package io.medtwin.driver.jsonfields;

import io.medtwin.driver.internal.json.Json;
import io.medtwin.driver.internal.json.JsonWriter;
import io.medtwin.driver.jsonfields.Field.AlertField;
import io.medtwin.driver.jsonfields.Field.Condition;
import io.medtwin.driver.jsonfields.Field.DeviceField;
import io.medtwin.driver.jsonfields.Field.EventField;
import io.medtwin.driver.jsonfields.Field.IdentityField;
import io.medtwin.driver.jsonfields.Field.IgnoredField;
import io.medtwin.driver.jsonfields.Field.PresenceField;
import io.medtwin.driver.jsonfields.Field.ReadingField;
import io.medtwin.driver.jsonfields.Field.TimeField;
import io.medtwin.spi.Identity;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The bodies that a device with such a list of fields sends: the driver read backwards, for
 * simulators and tests. Fields under different conditions go into bodies of their own. Pure.
 */
public final class JsonBodies {

  /**
   * What a device says at one moment.
   *
   * @param device its id, where a field holds one
   * @param at its time, where a field holds one
   * @param values readings by parameter; a number must be in one of {@link #unitsOf}
   * @param alerts conditions by code, on or off
   * @param identity facts about the device, where a field holds one
   */
  public record Said(
      String device,
      Instant at,
      Map<String, Value> values,
      Map<String, Boolean> alerts,
      Identity identity) {
    public Said {
      values = Map.copyOf(values);
      alerts = Map.copyOf(alerts);
    }
  }

  private final FieldMap map;

  /** Bodies for a list of fields. */
  public JsonBodies(FieldMap map) {
    this.map = map;
  }

  /** Parameters that a field reads. */
  public Set<String> parameters() {
    var parameters = new LinkedHashSet<String>();
    readings().forEach(field -> parameters.add(field.parameter()));
    return parameters;
  }

  /** Units in which a number of the parameter can be written; empty for any. */
  public List<String> unitsOf(String parameter) {
    return readings().stream()
        .filter(field -> field.parameter().equals(parameter))
        .findFirst()
        .map(FieldText::units)
        .orElse(List.of());
  }

  /** Codes and texts that fields of the parameter make of a device's words; empty for any. */
  public List<String> wordsOf(String parameter) {
    return readings().stream()
        .filter(field -> field.parameter().equals(parameter) && field.kind() != Field.Kind.NUMBER)
        .flatMap(field -> field.words().values().stream())
        .distinct()
        .sorted()
        .toList();
  }

  /** Codes of the conditions that a field switches. */
  public Set<String> alerts() {
    var codes = new LinkedHashSet<String>();
    map.fields()
        .forEach(
            field -> {
              if (field instanceof AlertField alert) {
                codes.add(alert.code());
              }
            });
    return codes;
  }

  /**
   * The bodies that say it, in order; what no field reads is left out, and nothing to say is no
   * body.
   *
   * @throws IllegalArgumentException a field wants another form of the device's id
   */
  public List<String> write(Said said) {
    var conditions = new LinkedHashSet<@Nullable Condition>();
    map.fields().stream()
        .filter(field -> says(field, said))
        .forEach(f -> conditions.add(f.condition()));
    if (conditions.size() > 1) {
      conditions.remove(null); // what holds always goes with the first of the others
    }
    var bodies = new ArrayList<String>();
    for (Condition condition : conditions) {
      bodies.add(body(condition, bodies.isEmpty(), said));
    }
    return bodies;
  }

  private String body(@Nullable Condition condition, boolean first, Said said) {
    var body = new BodyTree();
    if (condition != null) {
      body.put(condition.path(), FieldText.json(condition.word()));
    }
    boolean timed = false;
    for (Field field : map.fields()) {
      boolean always = field.condition() == null;
      if (always ? !first && isSaidOnce(field) : !Objects.equals(field.condition(), condition)) {
        continue;
      }
      if (field instanceof TimeField time) {
        timed = timed || body.put(time.path(), FieldText.time(time, said.at()));
      } else {
        put(field, said, body);
      }
    }
    return JsonWriter.write(body.toJson());
  }

  private static void put(Field field, Said said, BodyTree body) {
    switch (field) {
      case ReadingField reading -> reading(reading, said.values().get(reading.parameter()), body);
      case AlertField alert -> {
        var on = said.alerts().get(alert.code());
        if (on != null) {
          FieldText.state(alert.words(), on).ifPresent(word -> body.put(alert.path(), word));
        }
      }
      case PresenceField there ->
          FieldText.state(there.words(), true).ifPresent(word -> body.put(there.path(), word));
      case DeviceField id -> {
        if (id.mac() && !Extraction.isMac(said.device())) {
          throw new IllegalArgumentException(
              "the fields say form=mac: expected an id such as 02:00:00:00:00:01, got \""
                  + said.device()
                  + "\"");
        }
        body.put(id.path(), new Json.Str(said.device()));
      }
      case IdentityField fact -> {
        var text = said.identity().attributes().get(fact.attribute());
        if (text != null) {
          body.put(fact.path(), new Json.Str(text));
        }
      }
      case TimeField _, EventField _, IgnoredField _ -> {}
    }
  }

  private static void reading(ReadingField field, @Nullable Value value, BodyTree body) {
    if (value == null) {
      return;
    }
    var written = FieldText.of(field, value);
    if (written.isEmpty() || !body.put(field.path(), written.get())) {
      return;
    }
    var unitPath = field.unitPath();
    if (unitPath != null && value instanceof Numeric numeric) {
      var word = FieldText.unitWord(field, numeric.unit());
      if (word != null) {
        body.put(unitPath, new Json.Str(word));
      }
    }
  }

  /** Whether a body is sent for the sake of this field. */
  private static boolean says(Field field, Said said) {
    return switch (field) {
      case ReadingField reading -> {
        var value = said.values().get(reading.parameter());
        yield value != null && FieldText.of(reading, value).isPresent();
      }
      case AlertField alert -> said.alerts().containsKey(alert.code());
      case PresenceField _,
          DeviceField _,
          TimeField _,
          IdentityField _,
          EventField _,
          IgnoredField _ ->
          false;
    };
  }

  private static boolean isSaidOnce(Field field) {
    return field instanceof ReadingField || field instanceof AlertField;
  }

  private List<ReadingField> readings() {
    return map.fields().stream()
        .filter(ReadingField.class::isInstance)
        .map(ReadingField.class::cast)
        .toList();
  }
}
