package io.medtwin.ditto.embedded.internal.twins;

import java.util.Optional;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;

/** Reads and writes at a path of a JSON document; the empty path is the document itself. */
final class Document {
  private Document() {}

  static Optional<JsonValue> at(JsonObject document, JsonPointer path) {
    return path.isEmpty() ? Optional.of(document) : document.getValue(path);
  }

  static JsonObject with(JsonObject document, JsonPointer path, JsonValue value) {
    return path.isEmpty() ? value.asObject() : document.setValue(path, value);
  }

  static JsonObject without(JsonObject document, JsonPointer path) {
    return document.remove(path);
  }

  /**
   * Whether two values read the same. Their own equality also compares the field definitions a
   * model object leaves on its fields, which text does not have.
   */
  static boolean same(JsonValue left, JsonValue right) {
    return left.equals(right)
        || JsonFactory.readFrom(left.toString()).equals(JsonFactory.readFrom(right.toString()));
  }
}
