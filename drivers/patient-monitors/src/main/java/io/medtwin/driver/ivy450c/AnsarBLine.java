package io.medtwin.driver.ivy450c;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of text: {@code NAME=field;field;...}. The first field counts the values that follow,
 * and need not equal the fields present; then come texts. Missing trailing fields are normal.
 *
 * @param name what stands before {@code =}; the whole line if it has none
 * @param fields what stands behind it, split at {@code ;}; empty for a line without {@code =}
 */
public record AnsarBLine(String name, List<String> fields) {

  public AnsarBLine {
    fields = List.copyOf(fields);
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a line starts with a name");
    }
    requirePrintable(name);
    fields.forEach(AnsarBLine::requirePrintable);
  }

  /** A line of a name and its fields, the count of values first. */
  public static AnsarBLine of(String name, String... fields) {
    return new AnsarBLine(name, List.of(fields));
  }

  /** The line that a text says. */
  static AnsarBLine parse(String text) {
    int equals = text.indexOf('=');
    return equals <= 0
        ? new AnsarBLine(text, List.of())
        : new AnsarBLine(
            text.substring(0, equals), List.of(text.substring(equals + 1).split(";", -1)));
  }

  /** The line as text, without its carriage return. */
  String toText() {
    return fields.isEmpty() ? name : name + "=" + String.join(";", fields);
  }

  /**
   * Field {@code index} without padding, 0 being the count of values; empty where it is missing.
   */
  public String field(int index) {
    return index < fields.size() ? fields.get(index).strip() : "";
  }

  /** Copy with one field changed; earlier missing fields become empty. */
  public AnsarBLine with(int index, String field) {
    var changed = new ArrayList<>(fields);
    while (changed.size() <= index) {
      changed.add("");
    }
    changed.set(index, field);
    return new AnsarBLine(name, changed);
  }

  private static void requirePrintable(String text) {
    if (!text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw new IllegalArgumentException("a line holds printable ASCII");
    }
  }
}
