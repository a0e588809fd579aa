package io.medtwin.ditto.embedded.internal.twins;

import org.eclipse.ditto.json.JsonCollectors;
import org.eclipse.ditto.json.JsonField;
import org.eclipse.ditto.json.JsonObject;

/**
 * A merge patch as the document it creates where nothing was: nulls, at any depth, stand for
 * nothing.
 */
final class WithoutNulls {
  private WithoutNulls() {}

  static JsonObject of(JsonObject patch) {
    return patch.stream()
        .filter(field -> !field.getValue().isNull())
        .map(
            field ->
                field.getValue().isObject()
                    ? JsonField.newInstance(field.getKey(), of(field.getValue().asObject()))
                    : field)
        .collect(JsonCollectors.fieldsToObject());
  }
}
