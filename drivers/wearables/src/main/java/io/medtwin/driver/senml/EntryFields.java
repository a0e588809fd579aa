package io.medtwin.driver.senml;

import io.medtwin.driver.senml.SenmlException.Problem;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The labelled values of one record, and their types checked. Same for JSON and CBOR. */
final class EntryFields {

  private static final List<Label> VALUES =
      List.of(Label.VALUE, Label.STRING_VALUE, Label.BOOLEAN_VALUE, Label.DATA_VALUE);

  private final Map<Label, SenmlValue> values = new EnumMap<>(Label.class);

  void put(Label label, SenmlValue value) {
    values.put(label, value);
  }

  /** A label that is not in the RFC: ignored, unless it asks to be understood. */
  static void checkUnknown(String name) throws SenmlException {
    if (name.endsWith("_")) {
      throw new SenmlException(
          Problem.MUST_UNDERSTAND, "a label ends in _ and is none that is known here");
    }
  }

  SenmlEntry toEntry() throws SenmlException {
    return new SenmlEntry(
        version(),
        text(Label.BASE_NAME),
        number(Label.BASE_TIME),
        text(Label.BASE_UNIT),
        number(Label.BASE_VALUE),
        number(Label.BASE_SUM),
        text(Label.NAME),
        text(Label.UNIT),
        value(),
        number(Label.SUM),
        number(Label.TIME),
        number(Label.UPDATE_TIME));
  }

  private @Nullable SenmlValue value() throws SenmlException {
    SenmlValue found = null;
    for (var label : VALUES) {
      var value = values.get(label);
      if (value == null) {
        continue;
      }
      if (!fits(label, value)) {
        throw wrongType(label);
      }
      if (found != null) {
        throw new SenmlException(Problem.MALFORMED, "expected one value in a record, got two");
      }
      found = value;
    }
    return found;
  }

  private static boolean fits(Label label, SenmlValue value) {
    return switch (value) {
      case SenmlValue.Num _, SenmlValue.NoNumber _ -> label == Label.VALUE;
      case SenmlValue.Str _ -> label == Label.STRING_VALUE;
      case SenmlValue.Bool _ -> label == Label.BOOLEAN_VALUE;
      case SenmlValue.Data _ -> label == Label.DATA_VALUE;
    };
  }

  private @Nullable Integer version() throws SenmlException {
    var version = number(Label.BASE_VERSION);
    if (version == null) {
      return null;
    }
    try {
      int whole = version.intValueExact();
      if (whole > 0) {
        return whole;
      }
    } catch (ArithmeticException e) {
      // falls through to the same refusal
    }
    throw wrongType(Label.BASE_VERSION);
  }

  private @Nullable String text(Label label) throws SenmlException {
    return switch (values.get(label)) {
      case null -> null;
      case SenmlValue.Str(String text) -> text;
      default -> throw wrongType(label);
    };
  }

  private @Nullable BigDecimal number(Label label) throws SenmlException {
    return switch (values.get(label)) {
      case null -> null;
      case SenmlValue.Num(BigDecimal number) -> number;
      default -> throw wrongType(label);
    };
  }

  static SenmlException wrongType(Label label) {
    return new SenmlException(
        Problem.MALFORMED,
        "the value of " + label.json() + " is of another type, or out of bounds");
  }
}
