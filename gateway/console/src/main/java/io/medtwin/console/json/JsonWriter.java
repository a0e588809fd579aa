package io.medtwin.console.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Members of one JSON object, written as they come. What is null is written as null. One thread.
 */
public final class JsonWriter {

  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int USUAL_BYTES = 1_024;

  /** ISO 8601 in UTC, always with milliseconds. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private final JsonGenerator out;

  private JsonWriter(JsonGenerator out) {
    this.out = out;
  }

  /** Writes the members of an object. */
  @FunctionalInterface
  public interface Part {
    /** Writes them. */
    void write(JsonWriter out);
  }

  private interface Step {
    void take() throws IOException;
  }

  /** An object in UTF-8. */
  public static byte[] object(Part members) {
    var bytes = new ByteArrayOutputStream(USUAL_BYTES);
    try (var out = FACTORY.createGenerator(bytes)) {
      out.writeStartObject();
      members.write(new JsonWriter(out));
      out.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  /** A time as it is written everywhere. */
  public static String text(Instant time) {
    return TIME.format(time);
  }

  /** A text, or null. */
  public JsonWriter text(String name, @Nullable String text) {
    return step(() -> out.writeStringField(name, text));
  }

  /** A whole number. */
  public JsonWriter number(String name, long number) {
    return step(() -> out.writeNumberField(name, number));
  }

  /** A number, or null where there is none or it is no number. */
  public JsonWriter number(String name, @Nullable Double number) {
    return number == null || !Double.isFinite(number)
        ? nothing(name)
        : step(() -> out.writeNumberField(name, number));
  }

  /** A whole number, or null where there is none. */
  public JsonWriter whole(String name, @Nullable Long number) {
    return number == null ? nothing(name) : number(name, number.longValue());
  }

  /** A number or a word as a twin holds it, or null. */
  public JsonWriter value(String name, @Nullable Object value) {
    return value instanceof BigDecimal number
        ? step(() -> out.writeNumberField(name, number))
        : text(name, value == null ? null : value.toString());
  }

  /** Yes or no. */
  public JsonWriter flag(String name, boolean yes) {
    return step(() -> out.writeBooleanField(name, yes));
  }

  /** A time, or null. */
  public JsonWriter time(String name, @Nullable Instant time) {
    return text(name, time == null ? null : text(time));
  }

  /** Null. */
  public JsonWriter nothing(String name) {
    return step(() -> out.writeNullField(name));
  }

  /** An object. */
  public JsonWriter object(String name, Part members) {
    return step(
        () -> {
          out.writeObjectFieldStart(name);
          members.write(this);
          out.writeEndObject();
        });
  }

  /** A list of objects. */
  public <T> JsonWriter list(String name, Iterable<T> items, BiConsumer<JsonWriter, T> members) {
    return step(
        () -> {
          out.writeArrayFieldStart(name);
          for (T item : items) {
            out.writeStartObject();
            members.accept(this, item);
            out.writeEndObject();
          }
          out.writeEndArray();
        });
  }

  /** A list of texts. */
  public JsonWriter texts(String name, Iterable<String> texts) {
    return step(
        () -> {
          out.writeArrayFieldStart(name);
          for (String text : texts) {
            out.writeString(text);
          }
          out.writeEndArray();
        });
  }

  /** A list of numbers, null where one is not a number. */
  public JsonWriter numbers(String name, float[] numbers) {
    return step(
        () -> {
          out.writeArrayFieldStart(name);
          for (float number : numbers) {
            if (Float.isFinite(number)) {
              out.writeNumber(number);
            } else {
              out.writeNull();
            }
          }
          out.writeEndArray();
        });
  }

  /** A list of whole numbers, null where one is {@code missing}. */
  public JsonWriter wholes(String name, int[] numbers, int missing) {
    return step(
        () -> {
          out.writeArrayFieldStart(name);
          for (int number : numbers) {
            if (number == missing) {
              out.writeNull();
            } else {
              out.writeNumber(number);
            }
          }
          out.writeEndArray();
        });
  }

  /** A list of objects that are JSON already. */
  public JsonWriter raw(String name, Iterable<byte[]> objects) {
    return step(
        () -> {
          out.writeArrayFieldStart(name);
          for (byte[] object : objects) {
            out.writeRawValue(new String(object, StandardCharsets.UTF_8));
          }
          out.writeEndArray();
        });
  }

  private JsonWriter step(Step step) {
    try {
      step.take();
      return this;
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot fail", e);
    }
  }
}
