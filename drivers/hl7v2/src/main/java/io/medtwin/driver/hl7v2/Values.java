package io.medtwin.driver.hl7v2;

import io.medtwin.driver.hl7v2.er7.Element;
import io.medtwin.spi.Absent;
import io.medtwin.spi.Absent.Reason;
import io.medtwin.spi.Coded;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading.Flag;
import io.medtwin.spi.Text;
import io.medtwin.spi.Value;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** The value of a row and what its flags say of it. What is no value is absent, never a number. */
final class Values {

  /** Stands for a text that may be a note or a name. */
  static final Coded WITHHELD = new Coded("withheld");

  /** HL7's "delete this value". */
  private static final String DELETE = "\"\"";

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d{1,20}(\\.\\d{0,20})?|\\.\\d{1,20})");
  private static final Set<String> ALERT_WORDS =
      Set.of(
          "off",
          "inactive",
          "active",
          "latched", // state
          "enabled",
          "audio-paused",
          "audio-off",
          "alarm-paused",
          "alarm-off", // inactivation
          "alert-acknowledged");
  private static final int TEXT_MAX = 200;
  private static final int CODES_MAX = 8;

  /**
   * A value with its flags.
   *
   * @param value what was said, or why nothing was
   * @param flags its quality
   */
  record Judged(Value value, Set<Flag> flags) {}

  private Values() {}

  /** Of any row but an array. */
  static Judged of(Row row) {
    var flags = flags(row);
    var absent = absent(row);
    if (absent != null) {
      return new Judged(absent, EnumSet.noneOf(Flag.class));
    }
    var value =
        switch (row.type()) {
          case "NM", "SI" -> number(row.value().size() > 1 ? "" : row.value().text(1), row);
          case "SN" -> structured(row, flags);
          case "CWE", "CE", "CNE", "CF", "IS", "ID" -> coded(row);
          default -> text(row);
        };
    return new Judged(value, value instanceof Absent ? EnumSet.noneOf(Flag.class) : flags);
  }

  /** Whether the flags or the status say that there is no value, and why; null if there is one. */
  private static @org.jspecify.annotations.Nullable Absent absent(Row row) {
    var words = row.flags();
    boolean empty =
        row.values().isEmpty() || (row.value().text(1).equals(DELETE) && row.value().size() == 1);
    if (words.contains("INV") || row.status().equals("W")) {
      return new Absent(Reason.INVALID);
    }
    if (words.contains("NAV") || words.contains("NI") || words.contains("OFF")) {
      return new Absent(Reason.NOT_AVAILABLE);
    }
    if (words.contains("BUSY")) {
      return new Absent(Reason.ONGOING);
    }
    if (empty && words.contains(">")) {
      return new Absent(Reason.OVERFLOW);
    }
    if (empty && words.contains("<")) {
      return new Absent(Reason.UNDERFLOW);
    }
    boolean none = empty || row.status().equals("X") || row.status().equals("D");
    return none ? new Absent(Reason.NOT_AVAILABLE) : null;
  }

  /** What OBX-8 and OBX-11 say of the quality of a value. */
  static Set<Flag> flags(Row row) {
    var flags = EnumSet.noneOf(Flag.class);
    for (String word : row.flags()) {
      switch (word) {
        case "QUES" -> flags.add(Flag.QUESTIONABLE);
        case "CAL" -> flags.add(Flag.CALIBRATING);
        case "EARLY" -> flags.add(Flag.EARLY);
        case "VAL" -> flags.add(Flag.VALIDATED);
        case "TEST" -> flags.add(Flag.TEST);
        case "DEMO" -> flags.add(Flag.DEMO);
        case ">" -> flags.add(Flag.OVERFLOW);
        case "<" -> flags.add(Flag.UNDERFLOW);
        default -> {} // abnormality, priority and kind of an alert: not of the value's quality
      }
    }
    if (row.status().equals("F") && row.type().equals("NM")) {
      flags.add(Flag.VALIDATED); // final: looked at by a person (PCD-01), raw ones are R
    }
    return flags;
  }

  private static Value number(String text, Row row) {
    return NUMBER.matcher(text).matches()
        ? new Numeric(new BigDecimal(text), UnitText.of(row.segment().element(6)))
        : new Absent(Reason.INVALID);
  }

  /** SN: {@code >^100}; other forms (ranges, ratios) are no one number. */
  private static Value structured(Row row, Set<Flag> flags) {
    var value = row.value();
    switch (value.text(1)) {
      case "", "=" -> {}
      case ">", ">=" -> flags.add(Flag.OVERFLOW);
      case "<", "<=" -> flags.add(Flag.UNDERFLOW);
      default -> {
        return new Absent(Reason.INVALID);
      }
    }
    return number(value.size() > 2 ? "" : value.text(2), row);
  }

  /** {@code ^token} of pumps, {@code code^refid^MDC}; repetitions joined by {@code +}. */
  private static Value coded(Row row) {
    var words = new LinkedHashSet<String>();
    for (Element one : row.values()) {
      var word = word(one, row.term());
      if (!word.isEmpty() && words.size() < CODES_MAX) {
        words.add(word);
      }
    }
    return words.isEmpty() ? new Absent(Reason.INVALID) : new Coded(String.join("+", words));
  }

  private static String word(Element one, Term of) {
    var term = Term.of(one);
    if (term.isMdc()) {
      return term.name();
    }
    if (!Persons.mayBeRead(of)) {
      return WITHHELD.code();
    }
    return Term.plain(one.text(2).isEmpty() ? one.text(1) : one.text(2));
  }

  /** State or inactivation of an alert, one of the words that there are for it. */
  static Value wordOf(Row row) {
    var word = Term.plain(row.value().text(1));
    if (word.isEmpty()) {
      return new Absent(Reason.NOT_AVAILABLE);
    }
    return ALERT_WORDS.contains(word) ? new Coded(word) : new Absent(Reason.INVALID);
  }

  private static Value text(Row row) {
    if (!Persons.mayBeRead(row.term())) {
      return WITHHELD;
    }
    var text = bounded(row.value().text(1));
    return text.isEmpty() ? new Absent(Reason.NOT_AVAILABLE) : new Text(text);
  }

  /** A text without control characters, of at most 200. */
  static String bounded(String text) {
    var plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      plain.append(Character.isISOControl(c) ? ' ' : c);
    }
    var stripped = plain.toString().strip();
    return stripped.length() <= TEXT_MAX ? stripped : stripped.substring(0, TEXT_MAX);
  }
}
