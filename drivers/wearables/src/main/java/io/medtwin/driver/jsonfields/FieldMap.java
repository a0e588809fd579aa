package io.medtwin.driver.jsonfields;

import io.medtwin.driver.jsonfields.FieldSyntaxException.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * A list of fields, one a line: {@code spo2 <- $.data.spo2 unit=% zero=absent}. The README of this
 * module holds its grammar.
 */
public final class FieldMap {

  /** Most lines of a list. */
  public static final int MAX_LINES = 512;

  /** No field at all. */
  static final FieldMap EMPTY = new FieldMap(List.of());

  private final List<Field> fields;

  private FieldMap(List<Field> fields) {
    this.fields = List.copyOf(fields);
  }

  /**
   * The list that a text stands for. Empty lines and lines that begin with {@code #} are skipped.
   *
   * @throws FieldSyntaxException with every line that does not parse
   */
  public static FieldMap parse(String text) throws FieldSyntaxException {
    var fields = new ArrayList<Field>();
    var problems = new ArrayList<Problem>();
    int number = 0;
    for (var line : text.lines().limit(MAX_LINES + 1L).toList()) {
      number++;
      if (number > MAX_LINES) {
        problems.add(new Problem(number, "expected at most " + MAX_LINES + " lines"));
      } else if (!line.isBlank() && !line.strip().startsWith("#")) {
        try {
          fields.add(FieldLine.parse(line.strip()).toField());
        } catch (IllegalArgumentException e) {
          problems.add(new Problem(number, String.valueOf(e.getMessage())));
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new FieldSyntaxException(problems);
    }
    return new FieldMap(fields);
  }

  @Override
  public String toString() {
    return fields.size() + " fields";
  }

  /** In order of their lines. */
  List<Field> fields() {
    return fields;
  }
}
