package io.medtwin.driver.declared;

import java.util.List;

/**
 * What a device said, compared with the words of a declaration: numbers by amount, else without
 * case.
 */
final class Words {

  /** In a list of absent words: any word of dashes, dots and plus signs alone. */
  static final String DASHES = "dashes";

  private Words() {}

  /** A number in one spelling, {@code 0x55} as {@code 85}; any other word as it is. */
  static String canonical(String word) {
    return Decimals.parse(word)
        .map(number -> number.stripTrailingZeros().toPlainString())
        .orElse(word);
  }

  /** Whether a word of the device reads like a word of the declaration. */
  static boolean matches(Raw raw, String word) {
    return switch (raw) {
      case Raw.Said(String text) ->
          text.equalsIgnoreCase(word) || (word.equals(DASHES) && isDashes(text));
      case Raw.Amount(var number, _) ->
          Decimals.parse(word).filter(wanted -> wanted.compareTo(number) == 0).isPresent();
      case Raw.None _ -> false;
    };
  }

  static boolean matchesAny(Raw raw, List<String> words) {
    return words.stream().anyMatch(word -> matches(raw, word));
  }

  private static boolean isDashes(String text) {
    return text.indexOf('-') >= 0
        && text.chars().allMatch(c -> c == '-' || c == '.' || c == '+' || c == '_');
  }
}
