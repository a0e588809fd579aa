package io.medtwin.simulator.ble;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** JSON of bridges: written field by field, and commands read into a flat map. */
final class Json {
  private static final int MAX_COMMAND_CHARACTERS = 8192;
  private static final int MAX_DEPTH = 8;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxDocumentLength(MAX_COMMAND_CHARACTERS)
                  .maxNestingDepth(MAX_DEPTH)
                  .build())
          .build();

  /** Writes the fields of an object. */
  @FunctionalInterface
  interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  private Json() {}

  /** One object as text. */
  static String object(Fields fields) {
    var text = new StringWriter();
    try (var json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter does not fail
    }
    return text.toString();
  }

  /**
   * The texts, numbers and truth values of an object; of an object within, by {@code outer.inner}.
   * Arrays are left out.
   *
   * @throws IOException no JSON, too long or too deep
   */
  static Map<String, String> flat(byte[] command) throws IOException {
    var values = new HashMap<String, String>();
    try (var parser = FACTORY.createParser(command)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("expected a JSON object");
      }
      for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.START_ARRAY) {
          parser.skipChildren();
        } else if (token.isScalarValue()) {
          var path = parser.getParsingContext().pathAsPointer().toString();
          values.put(path.substring(1).replace('/', '.'), parser.getText());
        }
      }
    }
    return values;
  }
}
