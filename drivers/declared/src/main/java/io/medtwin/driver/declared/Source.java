package io.medtwin.driver.declared;

import java.util.List;

/** Where a value stands: in a line of text, or in the octets of a frame. */
sealed interface Source {

  /** Last column, word or item where the declaration leaves it open: {@code 6-}. */
  int OPEN = Integer.MAX_VALUE;

  /** Largest column, word, item or offset. */
  int MAX_PLACE = 4096;

  /** Characters by their columns, from 1, both included. */
  record Columns(int first, int last) implements Source {}

  /** Words between blanks, from 1, both included; more than one is joined by single blanks. */
  record Words(int first, int last) implements Source {}

  /** What stands between the separators of the line, from 1, both included. */
  record Items(int first, int last) implements Source {}

  /** What stands behind a name: {@code SPO2=097%}. */
  record Key(String name) implements Source {}

  /** What the n-th {@code *} of the line's picture stood for, from 1. */
  record Part(int number) implements Source {}

  /** The whole line. */
  record Whole() implements Source {}

  /**
   * A number of a frame.
   *
   * @param offset of its first octet, from 0
   * @param mask bits of it that count, brought together to the right; -1 for all
   */
  record Octets(NumberType type, int offset, long mask) implements Source {}

  /**
   * Characters of a frame, ASCII, without what is blank or zero around them.
   *
   * @param count 0 for the rest of the frame
   */
  record Characters(int offset, int count) implements Source {}

  /** The place that words stand for, {@code columns 10-12} or {@code u8 1/0x7F}. */
  static Source parse(List<String> words, boolean text) {
    if (words.size() == 1 && words.getFirst().equals("line") && text) {
      return new Whole();
    }
    if (words.size() != 2) {
      throw Entry.problem("expected a place of two words behind <-, such as " + example(text));
    }
    var place = words.get(1);
    return text ? textual(words.getFirst(), place) : octets(words.getFirst(), place);
  }

  /** The same in one word, {@code columns:10-12} or {@code u8:1/0x7F}, as options write it. */
  static Source parseWord(String word, boolean text) {
    return parse(List.of(word.split(":", 2)), text);
  }

  private static Source textual(String kind, String place) {
    return switch (kind) {
      case "columns" -> new Columns(first(place), last(place));
      case "word", "words" -> new Words(first(place), last(place));
      case "item", "items" -> new Items(first(place), last(place));
      case "key" -> new Key(place);
      case "part" -> new Part(Entry.integer("part", place, 1, LinePicture.MAX_PARTS));
      default ->
          throw Entry.problem(
              "expected columns, words, items, key, part or line, got \"" + kind + "\"");
    };
  }

  private static Source octets(String kind, String place) {
    if (kind.equals("ascii")) {
      int dash = place.indexOf('-');
      int first = offset(dash < 0 ? place : place.substring(0, dash));
      if (dash == place.length() - 1) {
        return new Characters(first, 0);
      }
      int last = dash < 0 ? first : offset(place.substring(dash + 1));
      if (last < first) {
        throw Entry.problem("expected a range that grows, got " + place);
      }
      return new Characters(first, last - first + 1);
    }
    var type =
        NumberType.of(kind)
            .orElseThrow(
                () ->
                    Entry.problem(
                        "expected ascii or a type such as u8, i16le, u24be, f32le, sfloat, got \""
                            + kind
                            + "\""));
    int slash = place.indexOf('/');
    if (slash < 0) {
      return new Octets(type, offset(place), -1);
    }
    if (!type.isUnsigned()) {
      throw Entry.problem("expected a mask only behind u8, u16, u24 or u32");
    }
    long mask =
        Decimals.parse(place.substring(slash + 1))
            .filter(number -> number.signum() > 0 && number.scale() <= 0)
            .filter(number -> number.toBigInteger().bitLength() <= type.octets() * Byte.SIZE)
            .orElseThrow(() -> Entry.problem("expected a mask that fits the type, got " + place))
            .longValue();
    return new Octets(type, offset(place.substring(0, slash)), mask);
  }

  private static int offset(String text) {
    return Entry.integer("offset", text, 0, MAX_PLACE);
  }

  private static int first(String range) {
    int dash = range.indexOf('-');
    return Entry.integer("place", dash < 0 ? range : range.substring(0, dash), 1, MAX_PLACE);
  }

  private static int last(String range) {
    int dash = range.indexOf('-');
    if (dash < 0) {
      return first(range);
    }
    if (dash == range.length() - 1) {
      return OPEN;
    }
    int last = Entry.integer("place", range.substring(dash + 1), 1, MAX_PLACE);
    if (last < first(range)) {
      throw Entry.problem("expected a range that grows, got " + range);
    }
    return last;
  }

  private static String example(boolean text) {
    return text ? "columns 10-12" : "u8 3";
  }
}
