package io.medtwin.driver.declared;

import io.medtwin.spi.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Kinds of lines, frames or values with their fields, one declaration a line. The README of this
 * module holds its grammar.
 */
final class Declaration {

  /** Most lines of a declaration. */
  static final int MAX_LINES = 512;

  /** Most kinds of lines, frames or values. */
  static final int MAX_SECTIONS = 64;

  /** Nothing at all. */
  static final Declaration EMPTY = new Declaration(List.of());

  private final List<Section> sections;

  private Declaration(List<Section> sections) {
    this.sections = List.copyOf(sections);
  }

  /** The setting {@code fields} of a driver. */
  static Setting<Declaration> setting(Grammar grammar, String example) {
    return Setting.parsed(
        "fields",
        EMPTY,
        "\"" + grammar.head() + " <name> …\" and below it one field a line, such as: " + example,
        "What is where, one field a line",
        text -> parse(text, grammar));
  }

  /**
   * The declaration that a text stands for. Empty lines and lines that begin with {@code #} are
   * skipped.
   *
   * @throws IllegalArgumentException with every line that does not parse
   */
  static Declaration parse(String text, Grammar grammar) {
    var reader = new Reader(grammar);
    text.lines().limit(MAX_LINES + 1L).forEach(reader::take);
    return reader.end();
  }

  @Override
  public String toString() {
    return sections.size() + " kinds";
  }

  List<Section> sections() {
    return sections;
  }

  /** Sections that are asked for. */
  List<Section> asked() {
    return sections.stream().filter(section -> section.request() != null).toList();
  }

  /** The first kind that a frame or a value of this name is; null for any name. */
  Optional<Section> of(@Nullable String name, OctetContent content) {
    return sections.stream()
        .filter(section -> name == null || section.name().equals(name))
        .filter(section -> section.fits(content))
        .findFirst();
  }

  /** Reads line by line and keeps all problems. */
  private static final class Reader {

    private final Grammar grammar;
    private final List<Section> sections = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<Field> fields = new ArrayList<>();
    private @Nullable Section head;
    private boolean headFailed;
    private int headLine;
    private int number;

    Reader(Grammar grammar) {
      this.grammar = grammar;
    }

    void take(String line) {
      number++;
      if (number > MAX_LINES) {
        problem(number, "expected at most " + MAX_LINES + " lines");
      } else if (!line.isBlank() && !line.strip().startsWith("#")) {
        try {
          take(Entry.parse(line.strip()));
        } catch (IllegalArgumentException e) {
          problem(number, String.valueOf(e.getMessage()));
        }
      }
    }

    private void take(Entry entry) {
      if (entry.hasArrow()) {
        if (head == null && !headFailed) {
          throw Entry.problem("expected \"" + grammar.head() + " <name>\" before the first field");
        }
        fields.add(FieldParser.parse(entry, grammar == Grammar.LINES));
        return;
      }
      close();
      headFailed = true;
      if (entry.target().isEmpty() || !entry.target().getFirst().equals(grammar.head())) {
        throw Entry.problem(
            "expected \"" + grammar.head() + " <name>\" or \"target <- place option=value\"");
      }
      if (sections.size() >= MAX_SECTIONS) {
        throw Entry.problem("expected at most " + MAX_SECTIONS + " kinds");
      }
      head = Section.parse(entry, grammar);
      headLine = number;
      headFailed = false;
    }

    private void close() {
      if (head != null) {
        try {
          sections.add(head.with(fields));
        } catch (IllegalArgumentException e) {
          problem(headLine, String.valueOf(e.getMessage()));
        }
      }
      head = null;
      fields.clear();
    }

    Declaration end() {
      close();
      if (!problems.isEmpty()) {
        throw new IllegalArgumentException(String.join("; ", problems));
      }
      return new Declaration(sections);
    }

    private void problem(int line, String text) {
      problems.add("line " + line + ": " + text);
    }
  }
}
