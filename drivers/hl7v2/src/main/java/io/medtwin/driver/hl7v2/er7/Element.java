package io.medtwin.driver.hl7v2.er7;

import java.util.List;

/**
 * One repetition of a field: components, each of subcomponents, without escapes.
 *
 * @param components never empty; each with at least one subcomponent, which may be an empty text
 */
public record Element(List<List<String>> components) {

  static final Element EMPTY = new Element(List.of(List.of("")));

  public Element {
    components = List.copyOf(components);
  }

  /** How many components. */
  public int size() {
    return components.size();
  }

  /** A component, or its first subcomponent, without blanks around; empty where there is none. */
  public String text(int component) {
    return text(component, 1);
  }

  /** A subcomponent, without blanks around; empty where there is none. */
  public String text(int component, int subcomponent) {
    if (component > components.size()) {
      return "";
    }
    var parts = components.get(component - 1);
    return subcomponent > parts.size() ? "" : parts.get(subcomponent - 1).strip();
  }

  /** Whether nothing stands in it. */
  public boolean isEmpty() {
    return components.stream().allMatch(parts -> parts.stream().allMatch(String::isEmpty));
  }

  /** Content is left out: it may hold what must not be printed. */
  @Override
  public String toString() {
    return "Element[" + components.size() + " components]";
  }
}
