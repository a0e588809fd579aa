package io.medtwin.driver.jsonfields;

import io.medtwin.driver.internal.json.Decimals;
import io.medtwin.driver.internal.json.Json;
import io.medtwin.driver.jsonfields.Field.Switch;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Values of a message compared with words of a list of fields. */
final class Words {

  private Words() {}

  /** A value as a word, or empty for null, arrays and objects. */
  static Optional<String> of(Json value) {
    return switch (value) {
      case Json.Str(String text) -> Optional.of(text.strip());
      case Json.Num(BigDecimal number) -> Optional.of(number.toPlainString());
      case Json.Bool(boolean bool) -> Optional.of(String.valueOf(bool));
      case Json.Obj _, Json.Arr _, Json.Null _ -> Optional.empty();
    };
  }

  /** Whether a value reads like a word: numbers by amount, texts without case. */
  static boolean matches(Json value, String word) {
    if (value instanceof Json.Num(BigDecimal number)) {
      return Decimals.parse(word).filter(wanted -> wanted.compareTo(number) == 0).isPresent();
    }
    return of(value).filter(word::equalsIgnoreCase).isPresent();
  }

  static boolean matchesAny(Json value, List<String> words) {
    return words.stream().anyMatch(word -> matches(value, word));
  }

  /** On, off, or empty for neither. */
  static Optional<Boolean> state(Json value, Switch words) {
    if (matchesAny(value, words.off())) {
      return Optional.of(false);
    }
    boolean on =
        matchesAny(value, words.on())
            || (words.on().contains(Switch.ANY) && value != Json.Null.NULL);
    return on ? Optional.of(true) : Optional.empty();
  }
}
