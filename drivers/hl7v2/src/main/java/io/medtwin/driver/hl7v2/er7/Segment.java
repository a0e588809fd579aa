package io.medtwin.driver.hl7v2.er7;

import java.util.List;

/**
 * One segment of a message.
 *
 * @param name {@code OBX}
 * @param fields repetitions of each field, from field 1; a field without content has none
 */
public record Segment(String name, List<List<Element>> fields) {

  public Segment {
    fields = List.copyOf(fields);
  }

  /** Repetitions of a field; none where it is empty. */
  public List<Element> repetitions(int field) {
    return field <= fields.size() ? fields.get(field - 1) : List.of();
  }

  /** First repetition of a field; an empty one where there is none. */
  public Element element(int field) {
    var all = repetitions(field);
    return all.isEmpty() ? Element.EMPTY : all.get(0);
  }

  /** First component of a field; empty where there is none. */
  public String text(int field) {
    return element(field).text(1);
  }

  /** Content is left out: it may hold what must not be printed. */
  @Override
  public String toString() {
    return "Segment[" + name + ", " + fields.size() + " fields]";
  }
}
