package io.medtwin.driver.declared;

import io.medtwin.driver.declared.Field.Kind;
import io.medtwin.driver.declared.Field.ReadingField;
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
 * What a field makes of what it found. Marks for "no value" are looked for before anything is
 * computed. Pure.
 *
 * @param reading of the field's parameter
 * @param complaint what was expected and not found, or null
 */
record ReadingValue(Reading reading, @Nullable String complaint) {

  /** Most characters of a text or a code. */
  static final int MAX_TEXT = 256;

  static ReadingValue of(ReadingField field, Raw found, Content content) {
    var raw = trimmed(found, field.trim());
    for (var mark : field.absent().entrySet()) {
      if (Words.matches(raw, mark.getKey())) {
        return of(field, new Absent(mark.getValue()));
      }
    }
    return switch (raw) {
      case Raw.None(var reason) -> of(field, new Absent(reason));
      case Raw.Said(var text) when text.isEmpty() -> of(field, new Absent(Reason.NOT_AVAILABLE));
      case Raw.Said said ->
          field.kind() == Kind.NUMBER ? number(field, said, content) : word(field, said.text());
      case Raw.Amount(var number, _) ->
          field.kind() == Kind.NUMBER
              ? number(field, number, content)
              : word(field, Words.canonical(number.toPlainString()));
    };
  }

  static String trim(String text, String characters) {
    int start = 0;
    int end = text.length();
    while (start < end && characters.indexOf(text.charAt(start)) >= 0) {
      start++;
    }
    while (end > start && characters.indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return text.substring(start, end).strip();
  }

  private static Raw trimmed(Raw raw, String characters) {
    return raw instanceof Raw.Said(var text) ? new Raw.Said(trim(text, characters)) : raw;
  }

  private static ReadingValue number(ReadingField field, Raw.Said said, Content content) {
    return Decimals.digits(said.text(), field.base())
        .map(number -> number(field, number, content))
        .orElseGet(() -> invalid(field, "number"));
  }

  private static ReadingValue number(ReadingField field, BigDecimal number, Content content) {
    if (field.zeroIsAbsent() && number.signum() == 0) {
      return of(field, new Absent(Reason.NOT_AVAILABLE));
    }
    var amount = field.scale() == null ? number : number.multiply(field.scale());
    amount = field.offset() == null ? amount : amount.add(field.offset());
    if (field.decimals() != null) {
      amount = amount.setScale(field.decimals(), RoundingMode.HALF_UP);
    }
    var unit = unit(field, content);
    return unit.isPresent()
        ? of(field, new Numeric(amount, unit.get()))
        : new ReadingValue(
            Reading.of(field.parameter(), new Numeric(amount, "1")).with(Flag.QUESTIONABLE),
            field.parameter() + ": expected its unit in the line");
  }

  private static Optional<String> unit(ReadingField field, Content content) {
    var source = field.unitSource();
    if (source == null) {
      return Optional.ofNullable(field.unit());
    }
    return content
        .find(source)
        .map(Check::text)
        .filter(word -> !word.isBlank() && word.length() <= MAX_TEXT)
        .map(word -> field.words().getOrDefault(Words.canonical(word), word));
  }

  private static ReadingValue word(ReadingField field, String text) {
    if (text.length() > MAX_TEXT || !text.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
      return invalid(field, "word");
    }
    var ours = field.words().get(Words.canonical(text));
    Value said =
        field.kind() == Kind.TEXT
            ? new Text(ours == null ? text : ours)
            : new Coded(ours == null ? code(text) : ours);
    return of(field, said);
  }

  private static String code(String text) {
    return String.join("-", List.of(text.toLowerCase(Locale.ROOT).split("[\\s_]+", -1)));
  }

  private static ReadingValue invalid(ReadingField field, String expected) {
    return new ReadingValue(
        Reading.of(field.parameter(), new Absent(Reason.INVALID)),
        field.parameter() + ": expected a " + expected);
  }

  private static ReadingValue of(ReadingField field, Value value) {
    return new ReadingValue(Reading.of(field.parameter(), value), null);
  }
}
