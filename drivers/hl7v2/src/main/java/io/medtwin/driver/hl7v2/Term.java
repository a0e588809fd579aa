package io.medtwin.driver.hl7v2;

import io.medtwin.driver.hl7v2.er7.Element;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * What a code stands for (OBX-3, or a coded OBX-5). The number decides, not the name, since names
 * changed over the years; with number 0 the name does.
 *
 * @param code code of IEEE 11073-10101, partition × 65536 + term; 0 where only a name is known, or
 *     the code is of another system
 * @param name {@code mdc-147842}; {@code mdc-evt-something} with number 0; {@code loinc-8867-4},
 *     {@code 99acme-17} of another system: lower case, digits, dashes
 * @param isMdc whether it is of IEEE 11073-10101
 * @param isPrivate whether its meaning is its maker's
 */
record Term(long code, String name, boolean isMdc, boolean isPrivate) {

  static final Term NONE = new Term(0, "", false, true);

  private static final int NAME_MAX = 64;
  private static final long LARGEST = 0xFFFFFFFFL;
  private static final int PRIVATE_FROM = 0xF000;

  /** The MDC coding of a coded element if it has one, else the first. */
  static Term of(Element coded) {
    var first = of(coded.text(1), coded.text(2), coded.text(3));
    if (first.isMdc) {
      return first;
    }
    var alternate = of(coded.text(4), coded.text(5), coded.text(6));
    return alternate.isMdc || first.name.isEmpty() ? alternate : first;
  }

  /** Whether nothing is said at all. */
  boolean isNone() {
    return name.isEmpty();
  }

  private static Term of(String code, String name, String system) {
    boolean isMdc = system.equalsIgnoreCase("MDC") || name.startsWith("MDC_");
    if (isMdc) {
      return mdc(code, name);
    }
    if (code.isEmpty()) {
      return NONE;
    }
    var where =
        switch (system.toUpperCase(Locale.ROOT)) {
          case "LN" -> "loinc";
          case "" -> "local";
          default -> system;
        };
    return new Term(0, plain(where + "-" + code), false, true);
  }

  private static Term mdc(String code, String name) {
    long number = number(code);
    if (number == 0) {
      var known = MdcTables.code(name);
      if (known.isPresent()) {
        number = known.getAsLong();
      }
    }
    if (number > 0) {
      boolean isPrivate = (number & 0xFFFF) >= PRIVATE_FROM || number >> 16 >= 1024;
      return new Term(number, "mdc-" + number, true, isPrivate);
    }
    return name.isEmpty() ? NONE : new Term(0, plain(name), true, false);
  }

  private static long number(String code) {
    if (code.isEmpty() || code.length() > 10 || !code.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return 0;
    }
    long number = Long.parseLong(code);
    return number > LARGEST ? 0 : number;
  }

  /** A number of 11073-10101 in a text such as a coded value; empty where it is none. */
  OptionalLong number() {
    return code > 0 ? OptionalLong.of(code) : OptionalLong.empty();
  }

  /** Lower case, digits, single dashes; at most 64 characters. */
  static String plain(String text) {
    var plain = new StringBuilder();
    var lower = text.toLowerCase(Locale.ROOT);
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      boolean keeps = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (keeps) {
        plain.append(c);
      } else if (!plain.isEmpty() && plain.charAt(plain.length() - 1) != '-') {
        plain.append('-');
      }
    }
    int end = Math.min(plain.length(), NAME_MAX);
    while (end > 0 && plain.charAt(end - 1) == '-') {
      end--;
    }
    return plain.substring(0, end);
  }
}
