package io.medtwin.app.generate;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;

/** Spans, numbers and names as people write them. */
final class Words {

  private Words() {}

  /** {@code 10ms}, {@code 2s}, {@code 15min}, {@code 2h}, {@code 7d}: as a profile writes it. */
  static String span(Duration span) {
    long millis = span.toMillis();
    if (millis % 1_000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1_000;
    if (seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds % 3_600 == 0) {
      return seconds / 3_600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "min" : seconds + "s";
  }

  /** Without exponent and without zeros at the end. */
  static String number(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  /** {@code pulseRate8Beats} as {@code Pulse rate 8 beats}. */
  static String title(String name) {
    var words =
        name.replaceAll("(?<=[a-z])(?=[A-Z0-9])|(?<=[0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
