package io.medtwin.journal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import io.medtwin.journal.Entry;
import java.io.IOException;
import java.io.StringWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Begin and end of a device's maintenance as a JSON object, and back. Pure functions. */
public final class MuteJson {

  private static final JsonFactory FACTORY = new JsonFactory();
  private static final String REASON = "reason";
  private static final String UNTIL = "until";
  private static final String BY = "by";

  private MuteJson() {}

  /** As text. */
  public static String write(Entry.Muted muted) {
    return write(REASON, muted.reason(), UNTIL, muted.until().toString(), BY, muted.by());
  }

  /** As text. */
  public static String write(Entry.Unmuted unmuted) {
    return write(BY, unmuted.by());
  }

  /**
   * From text.
   *
   * @throws IOException it is no such object
   */
  public static Entry.Muted muted(String device, Instant at, String text) throws IOException {
    var members = read(text);
    try {
      var until = Instant.parse(member(members, UNTIL));
      return new Entry.Muted(device, member(members, REASON), until, member(members, BY), at);
    } catch (DateTimeException e) {
      throw new IOException("no time", e);
    }
  }

  /**
   * From text.
   *
   * @throws IOException it is no such object
   */
  public static Entry.Unmuted unmuted(String device, Instant at, String text) throws IOException {
    return new Entry.Unmuted(device, member(read(text), BY), at);
  }

  private static String write(String... members) {
    var text = new StringWriter();
    try (var json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      for (int i = 0; i < members.length; i += 2) {
        json.writeStringField(members[i], members[i + 1]);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot fail", e);
    }
    return text.toString();
  }

  private static Map<String, String> read(String text) throws IOException {
    var members = new HashMap<String, String>();
    try (var json = FACTORY.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("no object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        var name = json.currentName();
        if (json.nextToken() == JsonToken.VALUE_STRING) {
          members.put(name, json.getText());
        } else {
          json.skipChildren(); // of a newer gateway
        }
      }
    }
    return members;
  }

  private static String member(Map<String, String> members, String name) throws IOException {
    var text = members.get(name);
    if (text == null) {
      throw new IOException("no " + name);
    }
    return text;
  }
}
