package io.medtwin.twin.vocabulary;

import java.util.List;

/**
 * The unit of a number as a message says it, in up to three ways.
 *
 * @param code context-free MDC code, or its 16 bits; 0 where none was sent
 * @param texts further spellings in the order in which they are tried, such as a refid and a UCUM
 *     unit
 */
public record UnitText(long code, List<String> texts) {

  /** No unit was sent. */
  public static final UnitText NONE = new UnitText(0, List.of());

  public UnitText {
    texts = texts.stream().map(String::strip).filter(text -> !text.isEmpty()).toList();
  }

  /** Only a text, UCUM or not. */
  public static UnitText of(String text) {
    return new UnitText(0, List.of(text));
  }

  /** Only a code. */
  public static UnitText of(long code) {
    return new UnitText(code, List.of());
  }

  boolean isNone() {
    return code == 0 && texts.isEmpty();
  }

  @Override
  public String toString() {
    return (code == 0 ? "" : code + " ") + String.join(" ", texts);
  }
}
