package io.medtwin.console.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Fields of a small JSON object, flat: texts, whole numbers, yes and no. Anything else, a field
 * twice, or something after the object is no such object.
 */
public final class JsonFields {

  /** Longest text of a field. */
  public static final int MOST_CHARS = 4_096;

  /** Most objects in a list. */
  public static final int MOST_OBJECTS = 1_000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(4)
                  .maxStringLength(MOST_CHARS)
                  .maxNameLength(64)
                  .maxNumberLength(20)
                  .build())
          .build();

  private final Map<String, Object> fields;

  private JsonFields(Map<String, Object> fields) {
    this.fields = fields;
  }

  /**
   * An object.
   *
   * @throws IOException it is none of the kind; the message is for people and quotes nothing
   */
  public static JsonFields read(byte[] json) throws IOException {
    try (var parser = FACTORY.createParser(json)) {
      expect(parser.nextToken() == JsonToken.START_OBJECT, "expected one JSON object");
      var fields = object(parser);
      expect(parser.nextToken() == null, "something follows the JSON object");
      return fields;
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IOException("not JSON: " + where(e), e);
    }
  }

  /**
   * The objects of a list that is the only member of an object.
   *
   * @throws IOException it is none of the kind
   */
  public static List<JsonFields> list(byte[] json, String name) throws IOException {
    try (var parser = FACTORY.createParser(json)) {
      var objects = new ArrayList<JsonFields>();
      expect(
          parser.nextToken() == JsonToken.START_OBJECT
              && name.equals(parser.nextFieldName())
              && parser.nextToken() == JsonToken.START_ARRAY,
          "expected an object with a list \"" + name + '"');
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        expect(objects.size() < MOST_OBJECTS, "more than " + MOST_OBJECTS + " objects");
        objects.add(object(parser));
      }
      expect(
          parser.currentToken() == JsonToken.END_ARRAY
              && parser.nextToken() == JsonToken.END_OBJECT
              && parser.nextToken() == null,
          "something else is in the list \"" + name + "\", or beside it");
      return objects;
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IOException("not JSON: " + where(e), e);
    }
  }

  /** A text, where there is one. */
  public Optional<String> text(String name) {
    return fields.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** A whole number, where there is one. */
  public OptionalLong whole(String name) {
    return fields.get(name) instanceof Long number ? OptionalLong.of(number) : OptionalLong.empty();
  }

  /** Names of its fields. */
  public Set<String> names() {
    return fields.keySet();
  }

  private static JsonFields object(JsonParser parser) throws IOException {
    var fields = new LinkedHashMap<String, Object>();
    for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      var token = parser.nextToken();
      switch (token) {
        case VALUE_STRING -> fields.put(name, parser.getText());
        case VALUE_NUMBER_INT -> fields.put(name, parser.getLongValue());
        case VALUE_TRUE -> fields.put(name, true);
        case VALUE_FALSE -> fields.put(name, false);
        case VALUE_NULL -> {}
        default ->
            throw new IOException(
                "\"" + name + "\": expected a text, a whole number, true, false or null");
      }
    }
    expect(parser.currentToken() == JsonToken.END_OBJECT, "the JSON object has no end");
    return new JsonFields(fields);
  }

  private static void expect(boolean fits, String otherwise) throws IOException {
    if (!fits) {
      throw new IOException(otherwise);
    }
  }

  private static String where(com.fasterxml.jackson.core.JsonProcessingException e) {
    var place = e.getLocation();
    return place == null
        ? "cannot be read"
        : "line " + place.getLineNr() + ", column " + place.getColumnNr();
  }
}
