package io.medtwin.driver.bbraunbcc;

import java.util.Optional;
import java.util.regex.Pattern;

/** How a ComDevice writes the numbers whose bits count: {@code ALARM1, RUNSTATE, STATUS1}. */
enum BitField {
  DECIMAL(10, "\\d{1,10}"),
  HEX(16, "[0-9A-Fa-f]{1,8}");

  private static final long MAX = 0xFFFF_FFFFL;

  private final int radix;
  private final Pattern form;

  BitField(int radix, String form) {
    this.radix = radix;
    this.form = Pattern.compile(form);
  }

  /** The 32 bits of a text; empty where it is no such number. */
  Optional<Long> parse(String text) {
    return Optional.of(text)
        .filter(t -> form.matcher(t).matches())
        .map(t -> Long.parseLong(t, radix))
        .filter(bits -> bits <= MAX);
  }
}
