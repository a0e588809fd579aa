package io.medtwin.ditto.embedded.internal.protocol;

import io.medtwin.ditto.embedded.internal.twins.Change;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.things.model.Thing;
import org.eclipse.ditto.things.model.ThingsModelFactory;
import org.jspecify.annotations.Nullable;

/**
 * What one subscriber gets of a change.
 *
 * @param change as far as it may see it
 * @param extra fields of the whole thing that it asked for besides, as far as it may see them
 */
public record Sight(Change change, @Nullable JsonObject extra) {

  /** The change as a thing that has nothing else but the extra fields. */
  public Thing thing() {
    JsonObject base = extra == null ? JsonObject.empty() : extra;
    JsonValue value = change.value();
    JsonObject changed = value == null ? JsonObject.empty() : placed(change.path(), value);
    JsonObject whole =
        JsonFactory.mergeJsonValues(changed, base)
            .asObject()
            .setValue("/thingId", change.id().toString());
    return ThingsModelFactory.newThingBuilder(whole)
        .setRevision(change.revision())
        .setModified(change.timestamp())
        .build();
  }

  private static JsonObject placed(JsonPointer path, JsonValue value) {
    return path.isEmpty() ? value.asObject() : JsonObject.empty().setValue(path, value);
  }
}
