package io.medtwin.app.generate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * JSON for people and tools alike: two spaces, members in the order they were put, one line feed at
 * the end, the same bytes on every system.
 */
final class Json {

  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  /** An object; {@code put} decides the order of its members. */
  static Map<String, Object> object(Consumer<Map<String, Object>> put) {
    var members = new LinkedHashMap<String, Object>();
    put.accept(members);
    return members;
  }

  /**
   * Writes a tree of {@link Map}, {@link List}, {@link String}, {@link Boolean}, {@link Integer}
   * and {@link BigDecimal}.
   */
  static String write(Map<String, Object> root) {
    var text = new StringWriter();
    try (var out = pretty(text)) {
      write(out, root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.append('\n').toString();
  }

  /** The same JSON, as {@link #write} writes it. */
  static String pretty(String json) {
    var text = new StringWriter();
    try (JsonParser in = FACTORY.createParser(json);
        var out = pretty(text)) {
      for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
        out.copyCurrentEvent(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.append('\n').toString();
  }

  private static JsonGenerator pretty(StringWriter text) throws IOException {
    var indenter = new DefaultIndenter("  ", "\n");
    var separators = Separators.createDefaultInstance().withObjectFieldValueSpacing(Spacing.AFTER);
    return FACTORY
        .createGenerator(text)
        .setPrettyPrinter(
            new DefaultPrettyPrinter(separators)
                .withObjectIndenter(indenter)
                .withArrayIndenter(indenter));
  }

  private static void write(JsonGenerator out, Object value) throws IOException {
    switch (value) {
      case Map<?, ?> object -> {
        out.writeStartObject();
        for (Map.Entry<?, ?> member : object.entrySet()) {
          out.writeFieldName((String) member.getKey());
          write(out, member.getValue());
        }
        out.writeEndObject();
      }
      case List<?> array -> {
        out.writeStartArray();
        for (Object item : array) {
          write(out, item);
        }
        out.writeEndArray();
      }
      case String text -> out.writeString(text);
      case Boolean flag -> out.writeBoolean(flag);
      case Integer whole -> out.writeNumber(whole);
      case BigDecimal number -> out.writeNumber(number.toPlainString());
      default -> throw new IllegalArgumentException("JSON cannot hold a " + value.getClass());
    }
  }
}
