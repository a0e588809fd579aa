package io.medtwin.journal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.medtwin.spi.Identity.Attribute;
import java.io.IOException;
import java.io.StringWriter;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is known of an unclaimed device as a JSON object, and back. Pure functions. */
public final class UnclaimedJson {

  private static final JsonFactory FACTORY = new JsonFactory();
  private static final String PARAMETERS = "parameters";
  private static final String IDENTITY = "identity";

  private UnclaimedJson() {}

  /**
   * Both maps of a device.
   *
   * @param parameters unit of each parameter
   * @param identity what it told of itself
   */
  public record Known(Map<String, String> parameters, Map<Attribute, String> identity) {}

  /** As text. */
  public static String write(Known known) {
    var text = new StringWriter();
    try (var json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      write(json, PARAMETERS, known.parameters());
      var identity = new LinkedHashMap<String, String>();
      known.identity().forEach((attribute, fact) -> identity.put(attribute.name(), fact));
      write(json, IDENTITY, identity);
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot fail", e);
    }
    return text.toString();
  }

  /**
   * From text; a fact that a newer gateway knows is left out.
   *
   * @throws IOException it is no such object
   */
  public static Known read(String text) throws IOException {
    var members = new LinkedHashMap<String, Map<String, String>>();
    try (var json = FACTORY.createParser(text)) {
      expect(json, JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        members.put(json.currentName(), texts(json));
      }
    }
    var identity = new EnumMap<Attribute, String>(Attribute.class);
    var told = members.getOrDefault(IDENTITY, Map.of());
    for (Attribute attribute : Attribute.values()) {
      var fact = told.get(attribute.name());
      if (fact != null) {
        identity.put(attribute, fact);
      }
    }
    return new Known(members.getOrDefault(PARAMETERS, Map.of()), identity);
  }

  private static void write(JsonGenerator json, String name, Map<String, String> texts)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (var text : texts.entrySet()) {
      json.writeStringField(text.getKey(), text.getValue());
    }
    json.writeEndObject();
  }

  private static Map<String, String> texts(JsonParser json) throws IOException {
    var texts = new LinkedHashMap<String, String>();
    expect(json, JsonToken.START_OBJECT);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      var name = json.currentName();
      expect(json, JsonToken.VALUE_STRING);
      texts.put(name, json.getText());
    }
    return texts;
  }

  private static void expect(JsonParser json, JsonToken token) throws IOException {
    var came = json.nextToken();
    if (came != token) {
      throw new IOException("expected " + token + ", got " + came);
    }
  }
}
