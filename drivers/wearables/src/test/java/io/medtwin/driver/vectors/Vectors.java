package io.medtwin.driver.vectors;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads the vector files beside the tests; their README tells where they come from. */
public final class Vectors {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /**
   * One entry of a vector file.
   *
   * @param file where it stands
   * @param entry all of it
   */
  public record Vector(String file, JsonNode entry) {

    /** What must come out. */
    public JsonNode expect() {
      return entry.path("expect");
    }

    /** A text field of the entry, empty if it is not there. */
    public String text(String field) {
      return entry.path(field).asText("");
    }

    /** The octets of its {@code hex} field. */
    public ByteBuffer octets() {
      return ByteBuffer.wrap(HexFormat.of().parseHex(text("hex")));
    }

    /** The content of its {@code json} field as a device sends it. */
    public byte[] json() {
      try {
        return JSON.writeValueAsBytes(entry.path("json"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public String toString() {
      return file + ": " + text("name");
    }
  }

  private Vectors() {}

  /** All entries of a file such as {@code ble/heart_rate.json}. */
  public static Stream<Vector> in(String file) {
    try (var stream = Vectors.class.getResourceAsStream("/vectors/" + file)) {
      if (stream == null) {
        throw new IllegalArgumentException("no vectors in " + file);
      }
      var entries = JSON.readTree(stream);
      return StreamSupport.stream(entries.spliterator(), false)
          .map(entry -> new Vector(file, entry));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a number equals the expected one within the vectors' tolerance. */
  public static boolean near(BigDecimal actual, JsonNode expected) {
    var difference = actual.subtract(expected.decimalValue()).abs().doubleValue();
    return difference <= 1e-6 * Math.max(Math.abs(expected.doubleValue()), 1e-12);
  }
}
