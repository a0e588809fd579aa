package io.medtwin.app.survey;

import io.medtwin.app.record.JsonPersons;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Names and units that a device's own words make likely. */
final class Guess {

  private static final Pattern CAMEL = Pattern.compile("(?<=[a-z])(?=[A-Z])");
  private static final Pattern OTHERS = Pattern.compile("[^a-z0-9]+");
  private static final Pattern NO_VALUE = Pattern.compile("[-.?]{1,8}");
  private static final Pattern NUMBER = Pattern.compile("[-+]?\\d{1,12}(\\.\\d{1,9})?");

  /** Short words of makers, and the parameter they stand for among ours. */
  private static final Map<String, String> PARAMETERS =
      Map.ofEntries(
          Map.entry("hr", "heart-rate"),
          Map.entry("bpm", "pulse-rate"),
          Map.entry("pr", "pulse-rate"),
          Map.entry("pulse", "pulse-rate"),
          Map.entry("o2sat", "spo2"),
          Map.entry("sp-o2", "spo2"),
          Map.entry("sat", "spo2"),
          Map.entry("sao2", "spo2"),
          Map.entry("rr", "resp-rate"),
          Map.entry("temp", "temperature"),
          Map.entry("bat", "battery"),
          Map.entry("batt", "battery"),
          Map.entry("pi", "perfusion-index"),
          Map.entry("sn", "serial"),
          Map.entry("vtbi", "volume-to-be-infused"),
          Map.entry("vol", "volume"));

  /** Unit that a parameter has where the device does not say one, by a part of its name. */
  private static final List<Map.Entry<String, String>> UNITS =
      List.of(
          Map.entry("spo2", "%"),
          Map.entry("saturation", "%"),
          Map.entry("battery", "%"),
          Map.entry("perfusion", "%"),
          Map.entry("heart-rate", "/min"),
          Map.entry("pulse-rate", "/min"),
          Map.entry("resp", "/min"),
          Map.entry("temperature", "Cel"),
          Map.entry("pressure", "mm[Hg]"),
          Map.entry("volume", "mL"),
          Map.entry("rate", "mL/h"),
          Map.entry("steps", "{steps}"));

  private Guess() {}

  /** A word of the device as a parameter: {@code HeartRate} is {@code heart-rate}. */
  static String parameter(String word) {
    var spaced = CAMEL.matcher(word).replaceAll("-").toLowerCase(Locale.ROOT);
    var plain = OTHERS.matcher(spaced).replaceAll("-").replaceAll("^-+|-+$", "");
    if (plain.isEmpty()) {
      return "value";
    }
    var known = PARAMETERS.getOrDefault(plain, plain);
    return Character.isDigit(known.charAt(0)) ? "value-" + known : known;
  }

  /** Its likely unit, {@code 1} where nothing is known. */
  static String unit(String parameter) {
    return UNITS.stream()
        .filter(known -> parameter.contains(known.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("1");
  }

  /** Whether a unit was guessed from the name alone, and so is to be checked. */
  static boolean isUnknown(String unit) {
    return unit.equals("1");
  }

  static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches();
  }

  static boolean isNoValue(String text) {
    return NO_VALUE.matcher(text).matches();
  }

  /**
   * Whether a word may name a person: then nothing of it is read or shown. What is taken out of
   * captures, and beyond that each word with one of these in it.
   */
  static boolean namesAPerson(String word) {
    var plain = parameter(word);
    return JsonPersons.isPerson(word)
        || List.of("name", "patient", "mrn", "user", "phone", "email", "birth", "dob", "address")
            .stream()
            .anyMatch(plain::contains);
  }
}
