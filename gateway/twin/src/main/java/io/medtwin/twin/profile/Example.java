package io.medtwin.twin.profile;

import io.medtwin.spi.Absent;
import io.medtwin.spi.Coded;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Text;
import io.medtwin.spi.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A reading and what becomes of it, as a profile writes it: {@code spo2 97 % -> spo2/saturation 97
 * % valid}. Left of the arrow what the driver says: parameter, then a number with its unit, a word,
 * a text in quotes, or {@code absent:sensor-off}. Right of it the place, the value or {@code none},
 * its unit and its validity; or one of {@code unmapped}, {@code withheld}, {@code rejected}.
 *
 * @param file where it stands
 * @param line line in it
 * @param reading what the driver says
 * @param outcome what becomes of it, with single spaces
 */
public record Example(String file, int line, Reading reading, String outcome) {

  private static final Pattern TOKEN = Pattern.compile("\"([^\"]*)\"|(\\S+)");
  private static final String ARROW = " -> ";

  /**
   * An example from its line.
   *
   * @throws IllegalArgumentException it makes no sense; the message says what was expected
   */
  public static Example parse(String file, int line, String text) {
    int arrow = text.indexOf(ARROW);
    if (arrow < 0) {
      throw new IllegalArgumentException(
          "expected \"parameter value unit -> channel/property value unit validity\", got \""
              + text
              + "\"");
    }
    var words = tokens(text.substring(0, arrow));
    if (words.size() < 2 || words.size() > 3) {
      throw new IllegalArgumentException(
          "expected parameter, value and unit before the arrow, got \""
              + text.substring(0, arrow)
              + "\"");
    }
    var unit = words.size() == 3 ? words.get(2) : "1";
    var reading = Reading.of(words.getFirst(), value(words.get(1), unit));
    return new Example(
        file, line, reading, String.join(" ", tokens(text.substring(arrow + ARROW.length()))));
  }

  private static Value value(String word, String unit) {
    if (word.startsWith("\"")) {
      return new Text(word.substring(1));
    }
    if (Sent.isNumber(word)) {
      return new Numeric(new BigDecimal(word), unit);
    }
    if (word.startsWith("absent:")) {
      return new Absent(reason(word.substring("absent:".length())));
    }
    return new Coded(word);
  }

  /** The reason a profile writes in lower case with dashes. */
  static Absent.Reason reason(String word) {
    for (Absent.Reason reason : Absent.Reason.values()) {
      if (word(reason).equals(word)) {
        return reason;
      }
    }
    throw new IllegalArgumentException(
        "expected a reason such as not-available or sensor-off, got \"" + word + "\"");
  }

  static String word(Absent.Reason reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Words; one that stood in quotes begins with a quote. */
  private static List<String> tokens(String text) {
    var words = new ArrayList<String>();
    var matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      words.add(matcher.group(2) == null ? "\"" + matcher.group(1) : matcher.group(2));
    }
    return words;
  }
}
