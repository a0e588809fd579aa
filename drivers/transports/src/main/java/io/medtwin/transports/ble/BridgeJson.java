package io.medtwin.transports.ble;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.medtwin.spi.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON of bridges: strict in form (one object, no key twice, 64 KiB, 16 levels), lenient in that
 * numbers may come as strings.
 */
final class BridgeJson {

  /** Largest message of a bridge. */
  static final int MAX_BYTES = 65_536;

  /** Deepest nesting. */
  static final int MAX_DEPTH = 16;

  private static final int NUMBER_MAX_CHARS = 64;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxDocumentLength(MAX_BYTES)
                          .maxStringLength(MAX_BYTES)
                          .maxNameLength(256)
                          .maxNumberLength(NUMBER_MAX_CHARS)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private BridgeJson() {}

  /** The one object of a message. */
  static JsonNode object(Message message) throws BridgeFormatException {
    if (message.payload().remaining() > MAX_BYTES) {
      throw new BridgeFormatException(
          BridgeFault.TOO_LARGE,
          "expected at most " + MAX_BYTES + " bytes, got " + message.payload().remaining());
    }
    JsonNode node;
    try {
      node = MAPPER.readTree(message.bytes());
    } catch (IOException e) {
      // the parser's own text would quote the content
      throw malformed("not JSON within the limits: " + e.getClass().getSimpleName());
    }
    if (!node.isObject()) {
      throw malformed("expected a JSON object");
    }
    return node;
  }

  /** A new, empty object. */
  static ObjectNode newObject() {
    return MAPPER.createObjectNode();
  }

  /** A message of ours. */
  static Message message(String topic, ObjectNode content) {
    return new Message(
        topic,
        null,
        "application/json",
        Map.of(),
        ByteBuffer.wrap(content.toString().getBytes(StandardCharsets.UTF_8)));
  }

  /** A text, or null where there is none. */
  static @Nullable String text(JsonNode object, String key) {
    var node = object.get(key);
    return node != null && node.isTextual() ? node.textValue() : null;
  }

  /** A text or a number as text, or null where there is neither. */
  static @Nullable String word(JsonNode object, String key) {
    var node = object.get(key);
    return node != null && (node.isTextual() || node.isNumber()) ? node.asText() : null;
  }

  /** A whole number within bounds, also from a string; null where there is none. */
  static @Nullable Integer integer(JsonNode object, String key, int min, int max) {
    var word = word(object, key);
    if (word == null || word.length() > 11) {
      return null;
    }
    try {
      int value = Integer.parseInt(word);
      return value < min || value > max ? null : value;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Octets written as hex digits of either case; null where the key is missing. */
  static byte @Nullable [] hex(JsonNode object, String key) throws BridgeFormatException {
    var node = object.get(key);
    if (node == null || node.isNull()) {
      return null;
    }
    try {
      return HexFormat.of().parseHex(node.isTextual() ? node.textValue() : "?");
    } catch (IllegalArgumentException e) {
      throw malformed("expected hex digits in \"" + key + "\"");
    }
  }

  static BridgeFormatException malformed(String what) {
    return new BridgeFormatException(BridgeFault.MALFORMED, what);
  }
}
