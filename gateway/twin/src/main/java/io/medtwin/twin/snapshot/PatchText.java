package io.medtwin.twin.snapshot;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.medtwin.twin.backend.Patch;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.LinkedHashMap;

/** A {@link Patch} as JSON text and back; {@link Patch#REMOVE} is {@code null}. Pure functions. */
public final class PatchText {

  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int USUAL_CHARS = 4_096;

  private PatchText() {}

  /** As text. */
  public static String write(Patch patch) {
    var text = new StringWriter(USUAL_CHARS);
    try (var json = FACTORY.createGenerator(text)) {
      write(json, patch);
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot fail", e);
    }
    return text.toString();
  }

  /**
   * From text.
   *
   * @throws IOException it is no object of texts, numbers, booleans, nulls and objects
   */
  public static Patch read(String text) throws IOException {
    try (var json = FACTORY.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("no object");
      }
      return object(json);
    }
  }

  private static void write(JsonGenerator json, Patch patch) throws IOException {
    json.writeStartObject();
    for (var member : patch.members().entrySet()) {
      json.writeFieldName(member.getKey());
      switch (member.getValue()) {
        case String text -> json.writeString(text);
        case Boolean bool -> json.writeBoolean(bool);
        case Long number -> json.writeNumber(number);
        case BigDecimal number -> json.writeNumber(withPoint(number));
        case Patch inner -> write(json, inner);
        default -> json.writeNull();
      }
    }
    json.writeEndObject();
  }

  /** A decimal is told from a count by its point or exponent, and keeps its scale by it. */
  private static String withPoint(BigDecimal number) {
    var text = number.toString();
    boolean whole = text.indexOf('.') < 0 && text.indexOf('E') < 0;
    return whole ? text + "E0" : text;
  }

  private static Patch object(JsonParser json) throws IOException {
    var members = new LinkedHashMap<String, Object>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      var name = json.currentName();
      members.put(name, value(json, json.nextToken()));
    }
    return new Patch(members);
  }

  private static Object value(JsonParser json, JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_STRING -> json.getText();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT -> json.getLongValue();
      case VALUE_NUMBER_FLOAT -> json.getDecimalValue();
      case VALUE_NULL -> Patch.REMOVE;
      case START_OBJECT -> object(json);
      default -> throw new IOException("unexpected " + token);
    };
  }
}
