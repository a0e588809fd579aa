package io.medtwin.driver.jsonfields;

import io.medtwin.driver.internal.json.Decimals;
import io.medtwin.driver.internal.json.Json;
import io.medtwin.driver.jsonfields.Field.ReadingField;
import io.medtwin.driver.jsonfields.Field.Switch;
import io.medtwin.driver.jsonfields.Field.TimeField;
import io.medtwin.spi.Coded;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Text;
import io.medtwin.spi.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a body for the driver to say something: {@link FieldValue} read backwards. Pure.
 */
final class FieldText {

  private static final int SCALED_DECIMALS = 12;

  private FieldText() {}

  /** What a field finds to say this value, or empty if it cannot say it. */
  static Optional<Json> of(ReadingField field, Value value) {
    return switch (field.kind()) {
      case NUMBER ->
          value instanceof Numeric numeric && unitWord(field, numeric.unit()) != null
              ? number(field, numeric.amount())
              : Optional.empty();
      case TEXT -> value instanceof Text text ? word(field, text.text()) : Optional.empty();
      case CODE -> value instanceof Coded coded ? word(field, coded.code()) : Optional.empty();
    };
  }

  /**
   * How a field's unit is written in the body; empty text where the field states it itself, null
   * where the field has another unit.
   */
  static @Nullable String unitWord(ReadingField field, String unit) {
    if (field.unitPath() == null) {
      return unit.equals(field.unit()) ? "" : null;
    }
    return theirs(field.words(), unit);
  }

  /** Units in which a field can say a number; empty for any. */
  static List<String> units(ReadingField field) {
    var fixed = field.unit();
    return fixed != null ? List.of(fixed) : List.copyOf(new TreeSet<>(field.words().values()));
  }

  private static Optional<Json> number(ReadingField field, BigDecimal amount) {
    var written =
        field.scale() == null || field.scale().signum() == 0
            ? amount
            : plain(amount.divide(field.scale(), SCALED_DECIMALS, RoundingMode.HALF_EVEN));
    Json json =
        field.numberInString() ? new Json.Str(written.toPlainString()) : new Json.Num(written);
    boolean meansNothing =
        (field.zeroIsAbsent() && written.signum() == 0)
            || Words.matchesAny(json, field.absentWords());
    return meansNothing ? Optional.empty() : Optional.of(json);
  }

  private static BigDecimal plain(BigDecimal number) {
    var stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  private static Optional<Json> word(ReadingField field, String ours) {
    var word = json(theirs(field.words(), ours));
    return ours.isBlank() || Words.matchesAny(word, field.absentWords())
        ? Optional.empty()
        : Optional.of(word);
  }

  /** Their word for ours: the first by alphabet of those that mean it, else ours. */
  private static String theirs(Map<String, String> words, String ours) {
    return words.entrySet().stream()
        .filter(pair -> pair.getValue().equals(ours))
        .map(Map.Entry::getKey)
        .sorted()
        .findFirst()
        .orElse(ours);
  }

  /** A word as JSON has it: truth values and numbers plain, all else in quotes. */
  static Json json(String word) {
    return switch (word) {
      case "true" -> new Json.Bool(true);
      case "false" -> new Json.Bool(false);
      default ->
          Decimals.parse(word)
              .filter(number -> number.toPlainString().equals(word))
              .<Json>map(Json.Num::new)
              .orElseGet(() -> new Json.Str(word));
    };
  }

  /** A state in the first word that the field knows for it, or empty if it knows none. */
  static Optional<Json> state(Switch words, boolean on) {
    return (on ? words.on() : words.off())
        .stream().findFirst().map(word -> json(word.equals(Switch.ANY) ? "true" : word));
  }

  /** A time as the field reads it; a wall clock shows UTC. */
  static Json time(TimeField field, Instant at) {
    return switch (field.format()) {
      case EPOCH_SECONDS -> count(field, BigDecimal.valueOf(at.toEpochMilli(), 3));
      case EPOCH_MILLIS -> count(field, BigDecimal.valueOf(at.toEpochMilli()));
      case ISO -> new Json.Str(at.toString());
      case LOCAL ->
          new Json.Str(field.pattern().format(LocalDateTime.ofInstant(at, ZoneOffset.UTC)));
    };
  }

  private static Json count(TimeField field, BigDecimal number) {
    return field.numberInString()
        ? new Json.Str(number.toPlainString())
        : new Json.Num(plain(number));
  }
}
