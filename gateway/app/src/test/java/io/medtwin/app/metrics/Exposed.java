package io.medtwin.app.metrics;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a text for Prometheus holds.
 *
 * @param types of each family
 * @param help of each family
 * @param samples names of its lines, those of buckets, counts and sums among them
 */
record Exposed(Map<String, String> types, Map<String, String> help, Set<String> samples) {

  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$");
  private static final Pattern HELP = Pattern.compile("(?m)^# HELP (\\S+) (.+)$");
  private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z]\\w*)(\\{.*\\})? (\\S+)$");

  static Exposed of(String text) {
    return new Exposed(
        pairs(TYPE, text),
        pairs(HELP, text),
        SAMPLE
            .matcher(text)
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  /** The value of that line, labels as they are written. */
  static double value(String text, String line) {
    return text.lines()
        .filter(one -> one.startsWith(line + " "))
        .findFirst()
        .map(one -> Double.parseDouble(one.substring(line.length() + 1)))
        .orElseThrow(() -> new AssertionError(line + " is not in\n" + text));
  }

  private static Map<String, String> pairs(Pattern pattern, String text) {
    var found = new TreeMap<String, String>();
    pattern.matcher(text).results().forEach(one -> found.put(one.group(1), one.group(2)));
    return found;
  }
}
