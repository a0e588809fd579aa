package io.medtwin.driver.hl7v2;

import io.medtwin.driver.hl7v2.er7.Element;

/**
 * OBX-6 to UCUM: {@code code^refid^MDC^ucum^ucum^UCUM}, of which either half may be missing, or a
 * bare text. The MDC code counts first, then UCUM, then the MDC name, then what stands there.
 */
final class UnitText {

  private static final String NONE = "1";
  private static final int MAX_CHARS = 32;

  private UnitText() {}

  static String of(Element unit) {
    String ucum = "";
    for (int first = 1; first <= 4; first += 3) {
      var code = unit.text(first);
      var name = unit.text(first + 1);
      var system = unit.text(first + 2);
      if (system.equals("MDC") || name.startsWith("MDC_DIM_")) {
        var known = MdcTables.unit(code).or(() -> MdcTables.unit(name));
        if (known.isPresent()) {
          return known.get();
        }
      } else if (system.equals("UCUM") && ucum.isEmpty()) {
        ucum = code.isEmpty() ? name : code;
      }
    }
    if (!ucum.isEmpty()) {
      return bounded(ucum);
    }
    var text = unit.text(2).startsWith("MDC_DIM_") ? unit.text(2) : unit.text(1);
    return text.isEmpty() ? NONE : bounded(text);
  }

  /** No blanks: a unit is one word. */
  private static String bounded(String text) {
    var word = new StringBuilder();
    for (int i = 0; i < Math.min(text.length(), MAX_CHARS); i++) {
      char c = text.charAt(i);
      word.append(c > ' ' && c <= '~' ? c : '_');
    }
    return word.toString();
  }
}
