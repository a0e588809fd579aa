package io.medtwin.app.view;

import io.medtwin.spi.Absent;
import io.medtwin.spi.Coded;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Samples;
import io.medtwin.spi.Text;
import io.medtwin.spi.Value;
import java.util.Locale;
import java.util.regex.Pattern;

/** A proposal from the device's word alone: name, kind and unit, no code. Pure. */
public final class PlainProposal implements LineProposal {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][A-Za-z0-9/._-]*");
  private static final Pattern WORDS = Pattern.compile("[^A-Za-z0-9]+");

  @Override
  public String suggestLine(String parameter, Value value) {
    var from = "from: " + quoted(parameter);
    return switch (value) {
      case Numeric number -> line(parameter, from + ", unit: " + quoted(number.unit()));
      case Samples samples ->
          line(parameter, from + ", kind: waveform, unit: " + quoted(samples.unit()));
      case Coded _ -> line(parameter, from + ", kind: enum");
      case Text _ -> line(parameter, from + ", kind: text");
      case Absent _ ->
          "# " + parameter + ": no value came so far, so neither kind nor unit is known";
    };
  }

  private static String line(String parameter, String members) {
    return property(parameter) + ": { " + members + " }";
  }

  /** {@code heart-rate} as a property: {@code heartRate}. */
  static String property(String parameter) {
    var name = new StringBuilder();
    for (String word : WORDS.split(parameter)) {
      if (name.isEmpty()) {
        name.append(word.toLowerCase(Locale.ROOT));
      } else if (!word.isEmpty()) {
        name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
      }
    }
    boolean begins = !name.isEmpty() && Character.isLetter(name.charAt(0));
    return begins ? name.toString() : "value" + name;
  }

  private static String quoted(String text) {
    return PLAIN.matcher(text).matches()
        ? text
        : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
