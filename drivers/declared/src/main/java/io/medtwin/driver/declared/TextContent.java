package io.medtwin.driver.declared;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Places of a line of text. */
final class TextContent implements Content {

  private final String line;
  private final Section section;
  private final List<String> parts;
  private final List<String> words;
  private final List<String> items;

  /**
   * @param parts what the {@code *} of the section's picture stood for
   */
  TextContent(String line, Section section, List<String> parts) {
    this.line = line;
    this.section = section;
    this.parts = parts;
    this.words = words(line);
    this.items = items(line, section.separator());
  }

  static List<String> words(String line) {
    var stripped = line.strip();
    return stripped.isEmpty() ? List.of() : List.of(stripped.split("\\s+", -1));
  }

  private static List<String> items(String line, String separator) {
    if (separator.isEmpty()) {
      return List.of();
    }
    var items = new ArrayList<String>();
    int at = 0;
    for (int next; (next = line.indexOf(separator, at)) >= 0; at = next + separator.length()) {
      items.add(line.substring(at, next).strip());
    }
    items.add(line.substring(at).strip());
    return items;
  }

  @Override
  public Optional<Raw> find(Source source) {
    return text(source).map(Raw.Said::new);
  }

  private Optional<String> text(Source source) {
    return switch (source) {
      case Source.Columns(int first, int last) ->
          first > line.length()
              ? Optional.empty()
              : Optional.of(line.substring(first - 1, Math.min(last, line.length())).strip());
      case Source.Words(int first, int last) -> range(words, first, last, " ");
      case Source.Items(int first, int last) -> range(items, first, last, section.separator());
      case Source.Key(String name) -> key(name + section.pairs());
      case Source.Part(int number) ->
          number <= parts.size() ? Optional.of(parts.get(number - 1)) : Optional.empty();
      case Source.Whole() -> Optional.of(line.strip());
      case Source.Octets _, Source.Characters _ -> Optional.empty();
    };
  }

  /** A range that is open at its end is there, if empty, as soon as all before it is. */
  private static Optional<String> range(List<String> all, int first, int last, String between) {
    int present = last == Source.OPEN ? first - 1 : last;
    return all.size() < present
        ? Optional.empty()
        : Optional.of(String.join(between, all.subList(first - 1, Math.min(last, all.size()))));
  }

  private Optional<String> key(String start) {
    var among = section.separator().isEmpty() ? words : items;
    return among.stream()
        .filter(word -> word.startsWith(start))
        .findFirst()
        .map(word -> word.substring(start.length()).strip());
  }
}
