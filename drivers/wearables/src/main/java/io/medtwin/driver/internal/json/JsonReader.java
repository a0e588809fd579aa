package io.medtwin.driver.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.medtwin.driver.internal.json.JsonException.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/**
 * Reads one JSON text, strictly: no duplicate names, no {@code NaN}, no comments, nothing after the
 * value, at most {@link #MAX_OCTETS} octets and {@link #MAX_DEPTH} levels.
 */
public final class JsonReader {

  /** Most octets of a text. */
  public static final int MAX_OCTETS = 64 * 1024;

  /** Most levels of arrays and objects. */
  public static final int MAX_DEPTH = 16;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES) // names of strangers would stay for ever
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxDocumentLength(MAX_OCTETS)
                  .maxNestingDepth(MAX_DEPTH)
                  .build())
          .build();

  private JsonReader() {}

  /**
   * Reads a whole text.
   *
   * @throws JsonException it is no JSON text, or one beyond the bounds
   */
  public static Json read(byte[] octets) throws JsonException {
    if (octets.length > MAX_OCTETS) {
      throw new JsonException(
          Kind.TOO_LARGE, "expected at most " + MAX_OCTETS + " octets, got " + octets.length);
    }
    try (var parser = FACTORY.createParser(octets)) {
      var value = value(parser, parser.nextToken());
      if (parser.nextToken() != null) {
        throw malformed(parser, "expected the end");
      }
      return value;
    } catch (StreamConstraintsException e) {
      throw new JsonException(
          Kind.TOO_LARGE, "expected at most " + MAX_DEPTH + " levels, and numbers of few digits");
    } catch (IOException e) {
      throw new JsonException(Kind.MALFORMED, "expected a JSON text");
    }
  }

  private static Json value(JsonParser parser, JsonToken token) throws IOException, JsonException {
    if (token == null) {
      throw malformed(parser, "expected a value");
    }
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> new Json.Str(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
      case VALUE_TRUE -> new Json.Bool(true);
      case VALUE_FALSE -> new Json.Bool(false);
      case VALUE_NULL -> Json.Null.NULL;
      default -> throw malformed(parser, "expected a value");
    };
  }

  private static Json object(JsonParser parser) throws IOException, JsonException {
    var members = new LinkedHashMap<String, Json>();
    for (var token = parser.nextToken();
        token != JsonToken.END_OBJECT;
        token = parser.nextToken()) {
      if (token != JsonToken.FIELD_NAME) {
        throw malformed(parser, "expected a member");
      }
      var name = parser.currentName();
      if (members.put(name, value(parser, parser.nextToken())) != null) {
        throw malformed(parser, "expected each name once");
      }
    }
    return new Json.Obj(members);
  }

  private static Json array(JsonParser parser) throws IOException, JsonException {
    var elements = new ArrayList<Json>();
    for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
      elements.add(value(parser, token));
    }
    return new Json.Arr(elements);
  }

  private static Json number(JsonParser parser) throws IOException, JsonException {
    var number = Decimals.parse(parser.getText());
    if (number.isEmpty()) {
      throw malformed(
          parser,
          "expected a number of at most "
              + Decimals.MAX_DIGITS
              + " digits and an exponent within ±"
              + Decimals.MAX_EXPONENT);
    }
    return new Json.Num(number.get());
  }

  private static JsonException malformed(JsonParser parser, String expected) {
    return new JsonException(
        Kind.MALFORMED, expected + " at octet " + parser.currentLocation().getByteOffset());
  }
}
