package io.medtwin.driver.declared;

import java.util.Locale;
import java.util.regex.Pattern;

/** What a declaration is about; the head of each section begins with its word. */
enum Grammar {
  LINES("line"),
  FRAMES("frame"),
  CHARACTERISTICS("characteristic");

  private static final Pattern SHORT = Pattern.compile("[0-9A-F]{4}");
  private static final Pattern LONG =
      Pattern.compile("[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}");

  private final String head;

  Grammar(String head) {
    this.head = head;
  }

  String head() {
    return head;
  }

  /** A section's name in its one spelling. */
  String name(String text) {
    if (this != CHARACTERISTICS) {
      return text;
    }
    var upper = text.toUpperCase(Locale.ROOT);
    if (!SHORT.matcher(upper).matches() && !LONG.matcher(upper).matches()) {
      throw Entry.problem(
          "expected a UUID such as 2A9D or all 36 characters, got \"" + text + "\"");
    }
    return upper;
  }
}
