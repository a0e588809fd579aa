package io.medtwin.driver.hl7v2.er7;

import java.util.Optional;

/**
 * The separators of a message, as MSH-1 and MSH-2 say them.
 *
 * @param field usually {@code |}
 * @param component usually {@code ^}
 * @param repetition usually {@code ~}
 * @param escape usually {@code \}
 * @param subcomponent usually {@code &}
 */
public record Encoding(
    char field, char component, char repetition, char escape, char subcomponent) {

  /** The usual ones. */
  public static final Encoding USUAL = new Encoding('|', '^', '~', '\\', '&');

  /** Of a text that begins with MSH; empty where they are not five different signs. */
  static Optional<Encoding> of(String msh) {
    if (msh.length() < 8) {
      return Optional.empty();
    }
    char field = msh.charAt(3);
    int end = msh.indexOf(field, 4);
    // four, or five since version 2.7 (the sign of truncation, which is not looked for)
    if (end < 8 || end > 9) {
      return Optional.empty();
    }
    var signs = msh.substring(3, 8);
    boolean different = signs.chars().distinct().count() == signs.length();
    boolean areSigns = signs.chars().allMatch(c -> c > ' ' && c < 0x7F && !isLetterOrDigit(c));
    return different && areSigns
        ? Optional.of(
            new Encoding(field, msh.charAt(4), msh.charAt(5), msh.charAt(6), msh.charAt(7)))
        : Optional.empty();
  }

  private static boolean isLetterOrDigit(int c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  /** MSH-2 of an answer with the same separators. */
  public String signs() {
    return "" + component + repetition + escape + subcomponent;
  }
}
