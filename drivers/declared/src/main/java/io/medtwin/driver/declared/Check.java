package io.medtwin.driver.declared;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a value must be for something to be so: a word of two lists, one word among several, or a
 * bit of a mask.
 */
sealed interface Check {

  /** In {@link Switch#on}: any value that is there. */
  String ANY = "*";

  /** Words for on and for off. */
  record Switch(List<String> on, List<String> off) implements Check {}

  /** On while one of the value's words is one of these, else off. */
  record Has(List<String> words) implements Check {}

  /**
   * On while one of these bits is set, else off.
   *
   * @param base of the digits where the value is text
   */
  record Bits(long mask, int base) implements Check {}

  List<String> ON = List.of("true", "1", "on", "yes");
  List<String> OFF = List.of("false", "0", "off", "no");

  /** The check that a line's options say. */
  static Check parse(Entry entry) {
    var has = entry.list("has");
    var bits = entry.take("bits");
    var on = entry.list("on", ON);
    var off = entry.list("off", OFF);
    if (!has.isEmpty() && bits != null) {
      throw Entry.problem("expected has= or bits=, not both");
    }
    if (!has.isEmpty()) {
      return new Has(has);
    }
    if (bits == null) {
      return new Switch(on, off);
    }
    long mask =
        Decimals.parse(bits)
            .filter(number -> number.signum() > 0 && number.scale() <= 0)
            .filter(number -> number.toBigInteger().bitLength() < Long.SIZE)
            .orElseThrow(() -> Entry.problem("expected bits=mask such as 0x08, got " + bits))
            .longValue();
    return new Bits(mask, entry.integer("base", 16, 2, 36));
  }

  /** On, off, or empty for neither. */
  default Optional<Boolean> judge(Raw raw) {
    return switch (this) {
      case Switch words -> judge(words, raw);
      case Has(var words) -> Optional.of(raw instanceof Raw.Said said && hasOne(said, words));
      case Bits(long mask, int base) ->
          switch (raw) {
            case Raw.Amount(_, long bits) -> Optional.of((bits & mask) != 0);
            case Raw.Said(var text) ->
                Decimals.digits(text, base)
                    .filter(number -> number.scale() <= 0)
                    .map(number -> (number.longValue() & mask) != 0);
            case Raw.None _ -> Optional.empty();
          };
    };
  }

  /** The value as a word, or null where it is none. */
  static @Nullable String text(Raw raw) {
    return switch (raw) {
      case Raw.Said(var text) -> text;
      case Raw.Amount(var number, _) -> number.toPlainString();
      case Raw.None _ -> null;
    };
  }

  private static Optional<Boolean> judge(Switch words, Raw raw) {
    if (Words.matchesAny(raw, words.off())) {
      return Optional.of(false);
    }
    boolean on = Words.matchesAny(raw, words.on()) || words.on().contains(ANY);
    return on ? Optional.of(true) : Optional.empty();
  }

  private static boolean hasOne(Raw.Said said, List<String> words) {
    for (var word : said.text().split("[\\s,;]+", -1)) {
      if (words.stream().anyMatch(word::equalsIgnoreCase)) {
        return true;
      }
    }
    return false;
  }
}
