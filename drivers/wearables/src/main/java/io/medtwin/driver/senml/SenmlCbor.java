package io.medtwin.driver.senml;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import io.medtwin.driver.internal.json.Decimals;
import io.medtwin.driver.internal.json.JsonReader;
import io.medtwin.driver.senml.SenmlException.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Packs in CBOR (RFC 8949): labels in any order, definite and indefinite lengths, half, single and
 * double floats, integers of 64 bits, decimal fractions (tag 4). The one door to Jackson's CBOR.
 */
final class SenmlCbor {

  private static final CBORFactory FACTORY =
      CBORFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxDocumentLength(JsonReader.MAX_OCTETS)
                  .maxNestingDepth(JsonReader.MAX_DEPTH)
                  .build())
          .build();

  private SenmlCbor() {}

  static List<SenmlEntry> parse(byte[] octets) throws SenmlException {
    if (octets.length > JsonReader.MAX_OCTETS) {
      throw new SenmlException(
          Problem.TOO_LARGE,
          "expected at most " + JsonReader.MAX_OCTETS + " octets, got " + octets.length);
    }
    try (var parser = FACTORY.createParser(octets)) {
      return pack(parser);
    } catch (StreamConstraintsException e) {
      throw new SenmlException(
          Problem.TOO_LARGE, "expected at most " + JsonReader.MAX_DEPTH + " levels");
    } catch (IOException e) {
      throw malformed("expected CBOR");
    }
  }

  private static List<SenmlEntry> pack(JsonParser parser) throws IOException, SenmlException {
    if (parser.nextToken() != JsonToken.START_ARRAY) {
      throw malformed("expected an array of records");
    }
    var entries = new ArrayList<SenmlEntry>();
    for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
      if (token != JsonToken.START_OBJECT) {
        throw malformed("expected a record to be a map");
      }
      entries.add(entry(parser));
    }
    if (parser.nextToken() != null) {
      throw malformed("expected the end");
    }
    return entries;
  }

  private static SenmlEntry entry(JsonParser parser) throws IOException, SenmlException {
    var fields = new EntryFields();
    for (var token = parser.nextToken();
        token != JsonToken.END_OBJECT;
        token = parser.nextToken()) {
      if (token != JsonToken.FIELD_NAME) {
        throw malformed("expected a label");
      }
      var name = parser.currentName();
      var label = Label.inCbor(name);
      var value = parser.nextToken();
      if (value == null) {
        throw malformed("expected a value");
      }
      if (label == null) {
        EntryFields.checkUnknown(name);
        parser.skipChildren();
      } else {
        fields.put(label, value(parser, value, label));
      }
    }
    return fields.toEntry();
  }

  private static SenmlValue value(JsonParser parser, JsonToken token, Label label)
      throws IOException, SenmlException {
    return switch (token) {
      case VALUE_STRING -> new SenmlValue.Str(parser.getText());
      case VALUE_TRUE -> new SenmlValue.Bool(true);
      case VALUE_FALSE -> new SenmlValue.Bool(false);
      case VALUE_EMBEDDED_OBJECT -> data(parser, label);
      case VALUE_NUMBER_INT ->
          bounded(Decimals.bounded(new BigDecimal(parser.getBigIntegerValue())), label);
      case VALUE_NUMBER_FLOAT -> fraction(parser, label);
      default -> throw EntryFields.wrongType(label);
    };
  }

  private static SenmlValue data(JsonParser parser, Label label)
      throws IOException, SenmlException {
    if (parser.getEmbeddedObject() instanceof byte[] octets) {
      return new SenmlValue.Data(ByteBuffer.wrap(octets));
    }
    throw EntryFields.wrongType(label);
  }

  /**
   * A float in the fewest decimal digits that stand for it in its own width: single 36.43 is 36.43,
   * not 36.43000031.
   */
  private static SenmlValue fraction(JsonParser parser, Label label)
      throws IOException, SenmlException {
    return switch (parser.getNumberType()) {
      case FLOAT -> floating(parser.getFloatValue(), Float.toString(parser.getFloatValue()), label);
      case DOUBLE ->
          floating(parser.getDoubleValue(), Double.toString(parser.getDoubleValue()), label);
      case BIG_DECIMAL -> bounded(Decimals.bounded(parser.getDecimalValue()), label);
      case INT, LONG, BIG_INTEGER -> throw EntryFields.wrongType(label);
    };
  }

  private static SenmlValue floating(double value, String text, Label label) throws SenmlException {
    if (Double.isNaN(value)) {
      return SenmlValue.NoNumber.NOT_A_NUMBER;
    }
    if (Double.isInfinite(value)) {
      return value > 0
          ? SenmlValue.NoNumber.POSITIVE_INFINITY
          : SenmlValue.NoNumber.NEGATIVE_INFINITY;
    }
    return bounded(Decimals.parse(text), label);
  }

  private static SenmlValue bounded(Optional<BigDecimal> number, Label label)
      throws SenmlException {
    if (number.isEmpty()) {
      throw EntryFields.wrongType(label);
    }
    return new SenmlValue.Num(number.get());
  }

  private static SenmlException malformed(String expected) {
    return new SenmlException(Problem.MALFORMED, expected);
  }

  static byte[] write(List<SenmlEntry> entries) {
    var octets = new ByteArrayOutputStream();
    try (var cbor = FACTORY.createGenerator(octets)) {
      cbor.writeStartArray(null, entries.size());
      for (var entry : entries) {
        var fields = EntryWriter.fields(entry);
        cbor.writeStartObject(null, fields.size());
        for (var field : fields) {
          cbor.writeFieldId(field.label().cbor());
          write(cbor, field.value());
        }
        cbor.writeEndObject();
      }
      cbor.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return octets.toByteArray();
  }

  private static void write(CBORGenerator cbor, SenmlValue value) throws IOException {
    switch (value) {
      case SenmlValue.Num(BigDecimal number) -> write(cbor, number);
      case SenmlValue.NoNumber none ->
          cbor.writeNumber(
              switch (none) {
                case NOT_A_NUMBER -> Double.NaN;
                case POSITIVE_INFINITY -> Double.POSITIVE_INFINITY;
                case NEGATIVE_INFINITY -> Double.NEGATIVE_INFINITY;
              });
      case SenmlValue.Str(String text) -> cbor.writeString(text);
      case SenmlValue.Bool(boolean bool) -> cbor.writeBoolean(bool);
      case SenmlValue.Data data -> {
        var copy = new byte[data.octets().remaining()];
        data.octets().get(copy);
        cbor.writeBinary(copy);
      }
    }
  }

  /** An integer, a double where that says the same decimal, else a decimal fraction. */
  private static void write(CBORGenerator cbor, BigDecimal number) throws IOException {
    if (number.scale() == 0) {
      cbor.writeNumber(number.unscaledValue());
      return;
    }
    double near = number.doubleValue();
    var text = Double.isFinite(near) ? new BigDecimal(Double.toString(near)) : BigDecimal.ZERO;
    if (text.scale() == number.scale() && text.compareTo(number) == 0) {
      cbor.writeNumber(near);
    } else {
      cbor.writeNumber(number);
    }
  }
}
