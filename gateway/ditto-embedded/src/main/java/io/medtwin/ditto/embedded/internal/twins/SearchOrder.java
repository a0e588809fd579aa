package io.medtwin.ditto.embedded.internal.twins;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.ditto.base.model.json.FieldType;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.things.model.Thing;

/**
 * The order of found things: by what stands at some places, then by id. What stands there is looked
 * up once for each thing, not once for each comparison.
 *
 * @param keys the first decides first
 */
record SearchOrder(List<Key> keys) {

  /** By id alone. */
  static final SearchOrder BY_ID = new SearchOrder(List.of());

  private static final JsonPointer THING_ID = JsonPointer.of("/thingId");

  /**
   * One place.
   *
   * @param path within the thing
   * @param descending greatest first
   */
  record Key(JsonPointer path, boolean descending) {}

  /** A thing with what it is sorted by. */
  private record Row(Thing thing, String id, List<Optional<JsonValue>> values) {}

  SearchOrder {
    keys = List.copyOf(keys);
  }

  /** By these keys; what follows the id decides nothing. */
  static SearchOrder of(List<Key> keys) {
    return keys.getFirst().equals(new Key(THING_ID, false)) ? BY_ID : new SearchOrder(keys);
  }

  boolean isById() {
    return keys.isEmpty();
  }

  Stream<Thing> sorted(Stream<Thing> things) {
    return things.map(this::row).sorted(rows()).map(Row::thing);
  }

  private Row row(Thing thing) {
    String id = thing.getEntityId().orElseThrow().toString();
    List<Optional<JsonValue>> values = new ArrayList<>(keys.size());
    JsonObject whole = null;
    for (Key key : keys) {
      if (key.path().equals(THING_ID)) {
        values.add(Optional.of(JsonValue.of(id)));
      } else {
        whole = whole == null ? thing.toJson(FieldType.all()) : whole;
        values.add(whole.getValue(key.path()));
      }
    }
    return new Row(thing, id, values);
  }

  private Comparator<Row> rows() {
    Comparator<Row> rows =
        (left, right) -> {
          for (int i = 0; i < keys.size(); i++) {
            int order = compare(left.values().get(i), right.values().get(i));
            if (order != 0) {
              return keys.get(i).descending() ? -order : order;
            }
          }
          return 0;
        };
    return rows.thenComparing(Row::id);
  }

  /** Nothing before numbers before everything else, which is compared as text. */
  private static int compare(Optional<JsonValue> left, Optional<JsonValue> right) {
    if (left.isEmpty() || right.isEmpty()) {
      return Boolean.compare(left.isPresent(), right.isPresent());
    }
    JsonValue first = left.get();
    JsonValue second = right.get();
    if (first.isNumber() && second.isNumber()) {
      return Double.compare(first.asDouble(), second.asDouble());
    }
    return first.isNumber() != second.isNumber()
        ? Boolean.compare(second.isNumber(), first.isNumber())
        : text(first).compareTo(text(second));
  }

  private static String text(JsonValue value) {
    return value.isString() ? value.asString() : value.toString();
  }
}
