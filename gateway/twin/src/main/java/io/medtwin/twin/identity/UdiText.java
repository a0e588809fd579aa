package io.medtwin.twin.identity;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A unique device identifier as a label has it. The text of a GS1 bar code, {@code
 * (01)04012345678901(17)270131(21)A17} or the same without brackets, is not the UDI-DI: that is the
 * number after {@code 01} (GS1 General Specifications, 3.3 and 3.5). A text in another form is
 * taken for the DI as it is.
 *
 * @param di UDI-DI
 * @param serial serial number of the production identifier, where the text has one
 */
public record UdiText(String di, Optional<String> serial) {

  private static final Pattern BRACKETS_DI = Pattern.compile("\\(01\\)(\\d{14})");
  private static final Pattern BRACKETS_SERIAL = Pattern.compile("\\(21\\)([^()\\u001d]{1,20})");
  private static final Pattern BARE =
      Pattern.compile(
          "^(?:\\](?:C1|d2|Q3))?01(\\d{14})(?:1[1357]\\d{6}|10[^\\u001d]{1,20}\\u001d)*"
              + "(?:21([^\\u001d]{1,20}))?");

  /** The parts of a text; empty where there is nothing in it. */
  public static Optional<UdiText> read(String text) {
    var whole = text.strip();
    if (whole.isEmpty()) {
      return Optional.empty();
    }
    var brackets = BRACKETS_DI.matcher(whole);
    if (brackets.find()) {
      return Optional.of(new UdiText(brackets.group(1), serialOf(whole)));
    }
    var bare = BARE.matcher(whole);
    if (bare.find()) {
      return Optional.of(new UdiText(bare.group(1), Optional.ofNullable(bare.group(2))));
    }
    return Optional.of(new UdiText(whole, Optional.empty()));
  }

  /** The serial number in a production identifier with brackets, {@code (17)270131(21)A17}. */
  static Optional<String> serialOf(String production) {
    var serial = BRACKETS_SERIAL.matcher(production);
    return serial.find() ? Optional.of(serial.group(1)) : Optional.empty();
  }
}
