package io.medtwin.driver.declared;

import java.util.Map;

/** A byte that begins or ends a line. */
final class LineMark {

  private static final Map<String, Integer> NAMES =
      Map.ofEntries(
          Map.entry("CR", 0x0D),
          Map.entry("LF", 0x0A),
          Map.entry("CRLF", 0x0A), // a CR before the end is never part of the text
          Map.entry("STX", 0x02),
          Map.entry("ETX", 0x03),
          Map.entry("EOT", 0x04),
          Map.entry("XON", 0x11),
          Map.entry("XOFF", 0x13));

  private LineMark() {}

  /** {@code CRLF}, {@code XON}, {@code 0x1E}, or a printable character. */
  static int parse(String text) {
    var word = text.strip();
    var named = NAMES.get(word);
    if (named != null) {
      return named;
    }
    if (word.length() == 1 && word.charAt(0) > ' ' && word.charAt(0) < 0x7F) {
      return word.charAt(0);
    }
    if (word.startsWith("0x")) {
      return Entry.integer("a byte", word, 0, 0xFF);
    }
    throw Entry.problem(
        "expected a name of a control character, 0x and hex digits, or one character");
  }
}
