package io.medtwin.driver.declared;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of a declaration taken apart: {@code target <- source option=value}, or words and
 * options without an arrow. Each option is taken exactly once. All refusals are {@link
 * IllegalArgumentException}s with a text for the author of the line.
 */
final class Entry {

  /** Most characters of a line. */
  static final int MAX_CHARACTERS = 1000;

  private static final String ARROW = "<-";

  private final List<String> target;
  private final List<String> source;
  private final boolean arrow;
  private final Map<String, String> options;

  private Entry(
      List<String> target, List<String> source, boolean arrow, Map<String, String> options) {
    this.target = List.copyOf(target);
    this.source = List.copyOf(source);
    this.arrow = arrow;
    this.options = options;
  }

  static Entry parse(String line) {
    if (line.length() > MAX_CHARACTERS) {
      throw problem("expected at most " + MAX_CHARACTERS + " characters");
    }
    var target = new ArrayList<String>();
    var source = new ArrayList<String>();
    var options = new LinkedHashMap<String, String>();
    boolean arrow = false;
    int at = 0;
    while (at < line.length()) {
      if (Character.isWhitespace(line.charAt(at))) {
        at++;
        continue;
      }
      var token = new Token(line, at);
      at = token.end();
      if (token.option() != null) {
        if (options.put(token.option(), token.text()) != null) {
          throw problem("option " + token.option() + " stands twice");
        }
      } else if (!options.isEmpty()) {
        throw problem("expected option=value at \"" + token.text() + "\"");
      } else if (token.text().equals(ARROW) && !arrow) {
        arrow = true;
      } else {
        (arrow ? source : target).add(token.text());
      }
    }
    return new Entry(target, source, arrow, options);
  }

  /** Words before the arrow, or all words where there is none. */
  List<String> target() {
    return target;
  }

  /** Words behind the arrow. */
  List<String> source() {
    return source;
  }

  boolean hasArrow() {
    return arrow;
  }

  /** The n-th word before the arrow, from 0. */
  String word(int index, String what) {
    if (index >= target.size()) {
      throw problem("expected " + what + " behind " + target.get(target.size() - 1));
    }
    return target.get(index);
  }

  void requireWords(int count) {
    if (target.size() != count) {
      throw problem("expected " + count + " words, got " + target.size());
    }
  }

  void requireNoMoreOptions() {
    if (!options.isEmpty()) {
      throw problem("unknown option " + String.join(", ", options.keySet()));
    }
  }

  @Nullable String take(String option) {
    return options.remove(option);
  }

  String take(String option, String otherwise) {
    var value = take(option);
    return value == null ? otherwise : value;
  }

  boolean isYes(String option) {
    return take(option, "no", List.of("yes", "no")).equals("yes");
  }

  String take(String option, String otherwise, List<String> allowed) {
    var value = take(option, otherwise);
    if (!allowed.contains(value)) {
      throw problem("expected " + option + " to be one of " + allowed + ", got " + value);
    }
    return value;
  }

  int integer(String option, int otherwise, int min, int max) {
    var text = take(option);
    return text == null ? otherwise : integer(option + "=", text, min, max);
  }

  static int integer(String what, String text, int min, int max) {
    try {
      int value =
          text.startsWith("0x")
              ? Integer.parseUnsignedInt(text.substring(2), 16)
              : Integer.parseInt(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw problem("expected " + what + " " + min + " to " + max + ", got " + text);
  }

  @Nullable BigDecimal decimal(String option) {
    var text = take(option);
    return text == null
        ? null
        : Decimals.parse(text)
            .orElseThrow(() -> problem("expected " + option + "=number, got " + text));
  }

  /** Words between commas. */
  List<String> list(String option) {
    return list(option, List.of());
  }

  List<String> list(String option, List<String> otherwise) {
    var text = take(option);
    if (text == null) {
      return otherwise;
    }
    var words = new ArrayList<String>();
    for (var word : text.split(",", -1)) {
      if (!word.isBlank()) {
        words.add(word.strip());
      }
    }
    return List.copyOf(words);
  }

  /** {@code theirs:ours,…}; the last colon divides, and numbers are compared by amount. */
  Map<String, String> pairs(String option) {
    var pairs = new HashMap<String, String>();
    for (var pair : list(option)) {
      int colon = pair.lastIndexOf(':');
      if (colon <= 0 || colon == pair.length() - 1) {
        throw problem("expected " + option + "=theirs:ours,…, got " + pair);
      }
      pairs.put(Words.canonical(pair.substring(0, colon)), pair.substring(colon + 1));
    }
    return Map.copyOf(pairs);
  }

  static <E extends Enum<E>> E word(Class<E> type, String text) {
    for (var constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text)) {
        return constant;
      }
    }
    throw problem("unknown word \"" + text + "\"");
  }

  static IllegalArgumentException problem(String text) {
    return new IllegalArgumentException(text);
  }

  /** A word, or an option whose value may stand in quotes. */
  private static final class Token {

    private final StringBuilder text = new StringBuilder();
    private final @Nullable String option;
    private final int end;

    Token(String line, int start) {
      int at = start;
      while (at < line.length() && line.charAt(at) >= 'a' && line.charAt(at) <= 'z') {
        at++;
      }
      boolean isOption = at > start && at < line.length() && line.charAt(at) == '=';
      option = isOption ? line.substring(start, at) : null;
      at = isOption ? at + 1 : start;
      boolean quoted = isOption && at < line.length() && line.charAt(at) == '"';
      end = quoted ? quoted(line, at + 1) : bare(line, at);
      if (isOption && text.isEmpty() && !quoted) {
        throw problem("expected a value behind " + option + "=");
      }
    }

    String text() {
      return text.toString();
    }

    @Nullable String option() {
      return option;
    }

    int end() {
      return end;
    }

    private int bare(String line, int from) {
      int at = from;
      while (at < line.length() && !Character.isWhitespace(line.charAt(at))) {
        if (line.charAt(at) == '"') {
          throw problem("expected quotes only around a whole value: option=\"…\"");
        }
        text.append(line.charAt(at++));
      }
      return at;
    }

    private int quoted(String line, int from) {
      int at = from;
      while (at < line.length() && line.charAt(at) != '"') {
        char c = line.charAt(at++);
        if (c == '\\' && at < line.length()) {
          at = escaped(line, at);
        } else {
          text.append(c);
        }
      }
      if (at >= line.length()) {
        throw problem("expected a closing quote");
      }
      if (at + 1 < line.length() && !Character.isWhitespace(line.charAt(at + 1))) {
        throw problem("expected a blank behind the closing quote");
      }
      return at + 1;
    }

    private int escaped(String line, int at) {
      char c = line.charAt(at);
      switch (c) {
        case 'r' -> text.append('\r');
        case 'n' -> text.append('\n');
        case 't' -> text.append('\t');
        case '"' -> text.append('"');
        case 'x' -> {
          if (at + 2 >= line.length()) {
            throw problem("expected \\x and two hex digits");
          }
          int high = Character.digit(line.charAt(at + 1), 16);
          int low = Character.digit(line.charAt(at + 2), 16);
          if (high < 0 || low < 0) {
            throw problem("expected \\x and two hex digits");
          }
          text.append((char) (high << 4 | low));
          return at + 3;
        }
        // Another escape belongs to the language of the option, such as \* of a picture.
        default -> text.append('\\').append(c);
      }
      return at + 1;
    }
  }
}
