package io.medtwin.ditto.embedded.internal.twins;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Where a page starts. In the order of ids it is behind the last id of the page before, so that
 * what stood there need not be judged again, and what is created or deleted meanwhile moves
 * nothing; in any other order it is after so many items.
 *
 * @param after the last id of the page before, or empty
 * @param offset items before the page, of those behind {@code after}
 */
record Cursor(String after, int offset) {

  /** The first page. */
  static final Cursor START = new Cursor("", 0);

  private static final char ID = ':'; // a number never has it, an id always

  static Cursor behind(String id) {
    return new Cursor(id, 0);
  }

  static Cursor past(int items) {
    return new Cursor("", items);
  }

  /** As {@link #text} wrote it; empty if it did not. */
  static Optional<Cursor> parse(String text) {
    try {
      var plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      if (plain.indexOf(ID) >= 0) {
        return Optional.of(behind(plain));
      }
      return Optional.of(past(Integer.parseUnsignedInt(plain))).filter(at -> at.offset() >= 0);
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  /** For a URL; says nothing to anybody else. */
  String text() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            (after.isEmpty() ? Integer.toString(offset) : after).getBytes(StandardCharsets.UTF_8));
  }
}
