package io.medtwin.sync;

import java.util.Optional;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.protocol.Adaptable;
import org.eclipse.ditto.protocol.Payload;

/**
 * What came back for one message, or why nothing did.
 *
 * @param status HTTP status, 0 if there was no reply
 * @param code error code of the server ({@code things:thing.notfound}), empty where there is none
 * @param message for people, without payload
 * @param value what was read, JSON null where nothing was
 */
record Reply(int status, String code, String message, JsonValue value) {

  private static final int LONGEST_MESSAGE = 240;

  /** No reply: no connection, or none in time. */
  static Reply none(String why) {
    return new Reply(0, "", why, JsonFactory.nullLiteral());
  }

  static Reply of(Adaptable adaptable) {
    Payload payload = adaptable.getPayload();
    JsonValue value = payload.getValue().orElse(JsonFactory.nullLiteral());
    Optional<JsonObject> error =
        value.isObject() && !value.isNull() ? Optional.of(value.asObject()) : Optional.empty();
    int status =
        payload
            .getHttpStatus()
            .map(s -> s.getCode())
            .or(() -> error.flatMap(e -> e.getValue("status")).map(JsonValue::asInt))
            .orElse(500);
    if (status < 400) {
      return new Reply(status, "", "", value);
    }
    String code = error.flatMap(e -> text(e, "error")).orElse("");
    String message = error.flatMap(e -> text(e, "message")).orElse("");
    return new Reply(status, code, mayQuotePayload(code) ? "" : shorten(message), value);
  }

  boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** Code and message, for people. */
  String why() {
    if (status == 0) {
      return message;
    }
    String both = message.isEmpty() ? code : code + ": " + message;
    return both.isEmpty() ? "status " + status : both;
  }

  /** What was read as a whole number; 0 where it is something else. */
  long number() {
    return value.isLong() ? value.asLong() : 0;
  }

  /** Member of what was read as a whole number; 0 where it is missing or something else. */
  long number(String member) {
    if (!value.isObject() || value.isNull()) {
      return 0;
    }
    return value
        .asObject()
        .getValue(member)
        .filter(JsonValue::isLong)
        .map(JsonValue::asLong)
        .orElse(0L);
  }

  /** Errors of parsers and validators cite what they choked on. */
  private static boolean mayQuotePayload(String code) {
    return code.startsWith("json") || code.startsWith("wot");
  }

  private static Optional<String> text(JsonObject object, String member) {
    return object.getValue(member).filter(JsonValue::isString).map(JsonValue::asString);
  }

  private static String shorten(String text) {
    return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE) + "…";
  }
}
