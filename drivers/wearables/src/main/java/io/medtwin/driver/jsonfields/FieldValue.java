package io.medtwin.driver.jsonfields;

import io.medtwin.driver.internal.json.Decimals;
import io.medtwin.driver.internal.json.Json;
import io.medtwin.driver.jsonfields.Field.ReadingField;
import io.medtwin.spi.Absent;
import io.medtwin.spi.Absent.Reason;
import io.medtwin.spi.Coded;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Reading.Flag;
import io.medtwin.spi.Text;
import io.medtwin.spi.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a field makes of the value it found. Pure.
 *
 * @param reading of the field's parameter
 * @param complaint what was expected and not found, or null
 */
record FieldValue(Reading reading, @Nullable String complaint) {

  /** Most characters of a text or a code. */
  static final int MAX_TEXT = 256;

  static FieldValue of(ReadingField field, Json value, Json root) {
    if (value == Json.Null.NULL || Words.matchesAny(value, field.absentWords())) {
      return of(field, new Absent(Reason.NOT_AVAILABLE));
    }
    return switch (field.kind()) {
      case NUMBER -> number(field, value, root);
      case TEXT -> word(field, value, "text");
      case CODE -> word(field, value, "code");
    };
  }

  private static FieldValue number(ReadingField field, Json value, Json root) {
    var number =
        switch (value) {
          case Json.Num(BigDecimal amount) -> Optional.of(amount);
          case Json.Str(String text) when field.numberInString() -> Decimals.parse(text.strip());
          case Json.Obj _, Json.Arr _, Json.Str _, Json.Bool _, Json.Null _ ->
              Optional.<BigDecimal>empty();
        };
    if (number.isEmpty()) {
      return invalid(field, "number");
    }
    var amount = number.get();
    if (field.zeroIsAbsent() && amount.signum() == 0) {
      return of(field, new Absent(Reason.NOT_AVAILABLE));
    }
    if (field.scale() != null) {
      amount = amount.multiply(field.scale());
    }
    if (field.decimals() != null) {
      amount = amount.setScale(field.decimals(), RoundingMode.HALF_UP);
    }
    var unit = unit(field, root);
    if (unit == null) {
      return new FieldValue(
          Reading.of(field.parameter(), new Numeric(amount, "1")).with(Flag.QUESTIONABLE),
          field.parameter() + ": expected its unit in the message");
    }
    return of(field, new Numeric(amount, unit));
  }

  private static @Nullable String unit(ReadingField field, Json root) {
    var path = field.unitPath();
    if (path == null) {
      return field.unit();
    }
    return path.in(root)
        .flatMap(found -> Words.of(found.value()))
        .filter(word -> !word.isEmpty())
        .map(word -> field.words().getOrDefault(word, word))
        .orElse(null);
  }

  private static FieldValue word(ReadingField field, Json value, String expected) {
    var word = Words.of(value);
    if (word.isEmpty() || word.get().length() > MAX_TEXT) {
      return invalid(field, expected);
    }
    var text = word.get();
    if (text.isEmpty()) {
      return of(field, new Absent(Reason.NOT_AVAILABLE));
    }
    var ours = field.words().get(text);
    Value said =
        field.kind() == Field.Kind.TEXT
            ? new Text(ours == null ? text : ours)
            : new Coded(ours == null ? code(text) : ours);
    return of(field, said);
  }

  private static String code(String text) {
    return String.join("-", List.of(text.toLowerCase(Locale.ROOT).split("[\\s_]+", -1)));
  }

  private static FieldValue invalid(ReadingField field, String expected) {
    return new FieldValue(
        Reading.of(field.parameter(), new Absent(Reason.INVALID)),
        field.parameter() + ": expected a " + expected);
  }

  private static FieldValue of(ReadingField field, Value value) {
    return new FieldValue(Reading.of(field.parameter(), value), null);
  }
}
