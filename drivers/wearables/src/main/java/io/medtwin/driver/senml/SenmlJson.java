package io.medtwin.driver.senml;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.medtwin.driver.internal.json.Json;
import io.medtwin.driver.internal.json.JsonException;
import io.medtwin.driver.internal.json.JsonReader;
import io.medtwin.driver.senml.SenmlException.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Packs in JSON. */
final class SenmlJson {

  private static final JsonFactory FACTORY = new JsonFactory();

  private SenmlJson() {}

  static List<SenmlEntry> parse(byte[] octets) throws SenmlException {
    Json pack;
    try {
      pack = JsonReader.read(octets);
    } catch (JsonException e) {
      var problem =
          switch (e.kind()) {
            case MALFORMED -> Problem.MALFORMED;
            case TOO_LARGE -> Problem.TOO_LARGE;
          };
      throw new SenmlException(problem, String.valueOf(e.getMessage()));
    }
    if (!(pack instanceof Json.Arr(List<Json> records))) {
      throw new SenmlException(Problem.MALFORMED, "expected an array of records");
    }
    var entries = new ArrayList<SenmlEntry>();
    for (var record : records) {
      if (!(record instanceof Json.Obj object)) {
        throw new SenmlException(Problem.MALFORMED, "expected a record to be an object");
      }
      entries.add(entry(object));
    }
    return entries;
  }

  private static SenmlEntry entry(Json.Obj record) throws SenmlException {
    var fields = new EntryFields();
    for (var member : record.members().entrySet()) {
      var label = Label.inJson(member.getKey());
      if (label == null) {
        EntryFields.checkUnknown(member.getKey());
      } else {
        fields.put(label, value(label, member.getValue()));
      }
    }
    return fields.toEntry();
  }

  private static SenmlValue value(Label label, Json value) throws SenmlException {
    return switch (value) {
      case Json.Num(BigDecimal number) -> new SenmlValue.Num(number);
      case Json.Bool(boolean bool) -> new SenmlValue.Bool(bool);
      case Json.Str(String text) ->
          label == Label.DATA_VALUE ? data(text) : new SenmlValue.Str(text);
      case Json.Obj _, Json.Arr _, Json.Null _ -> throw EntryFields.wrongType(label);
    };
  }

  private static SenmlValue data(String base64) throws SenmlException {
    try {
      return new SenmlValue.Data(ByteBuffer.wrap(Base64.getUrlDecoder().decode(base64)));
    } catch (IllegalArgumentException e) {
      throw new SenmlException(Problem.MALFORMED, "the value of vd is not base64url");
    }
  }

  static byte[] write(List<SenmlEntry> entries) {
    var octets = new ByteArrayOutputStream();
    try (var json = FACTORY.createGenerator(octets)) {
      json.writeStartArray();
      for (var entry : entries) {
        json.writeStartObject();
        for (var field : EntryWriter.fields(entry)) {
          json.writeFieldName(field.label().json());
          write(json, field.value());
        }
        json.writeEndObject();
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return octets.toByteArray();
  }

  private static void write(JsonGenerator json, SenmlValue value) throws IOException {
    switch (value) {
      case SenmlValue.Num(BigDecimal number) -> json.writeNumber(number);
      case SenmlValue.NoNumber _ ->
          throw new IllegalArgumentException("JSON has no word for " + value);
      case SenmlValue.Str(String text) -> json.writeString(text);
      case SenmlValue.Bool(boolean bool) -> json.writeBoolean(bool);
      case SenmlValue.Data data -> {
        var copy = new byte[data.octets().remaining()];
        data.octets().get(copy);
        json.writeString(Base64.getUrlEncoder().withoutPadding().encodeToString(copy));
      }
    }
  }
}
