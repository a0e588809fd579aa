package io.medtwin.driver.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Map;

/** Writes one JSON text: {@link JsonReader} read backwards, numbers without exponent. */
public final class JsonWriter {

  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonWriter() {}

  /** The text of a value, without blanks. */
  public static String write(Json value) {
    var text = new StringWriter();
    try (var json = FACTORY.createGenerator(text)) {
      write(value, json);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter does not fail
    }
    return text.toString();
  }

  private static void write(Json value, JsonGenerator json) throws IOException {
    switch (value) {
      case Json.Obj object -> {
        json.writeStartObject();
        for (Map.Entry<String, Json> member : object.members().entrySet()) {
          json.writeFieldName(member.getKey());
          write(member.getValue(), json);
        }
        json.writeEndObject();
      }
      case Json.Arr array -> {
        json.writeStartArray();
        for (Json element : array.elements()) {
          write(element, json);
        }
        json.writeEndArray();
      }
      case Json.Num(BigDecimal number) -> json.writeNumber(number.toPlainString());
      case Json.Str(String text) -> json.writeString(text);
      case Json.Bool(boolean bool) -> json.writeBoolean(bool);
      case Json.Null _ -> json.writeNull();
    }
  }
}
