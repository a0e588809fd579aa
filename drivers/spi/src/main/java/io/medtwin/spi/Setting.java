package io.medtwin.spi;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One thing an installer may set for a driver: name, type, default, bounds and meaning. Read it
 * with {@link Session#setting}. Build it with {@link #duration}, {@link #integer}, {@link
 * #decimal}, {@link #text}, {@link #flag} or {@link #choice}.
 *
 * @param <T> type of the value
 */
public final class Setting<T> {

  private static final Pattern NAME = Pattern.compile("[a-z][a-zA-Z0-9]*");
  private static final Pattern SHORT_DURATION = Pattern.compile("(\\d+)\\s*(ms|s|min|h)");

  private final String name;
  private final T defaultValue;
  private final String expected;
  private final String meaning;
  private final Function<String, T> parser;
  private final boolean parserExplains;

  private Setting(
      String name, T defaultValue, String expected, String meaning, Function<String, T> parser) {
    this(name, defaultValue, expected, meaning, parser, false);
  }

  private Setting(
      String name,
      T defaultValue,
      String expected,
      String meaning,
      Function<String, T> parser,
      boolean parserExplains) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "setting name must match " + NAME + ", got \"" + name + "\"");
    }
    this.name = name;
    this.defaultValue = defaultValue;
    this.expected = expected;
    this.meaning = meaning;
    this.parser = parser;
    this.parserExplains = parserExplains;
  }

  /**
   * A time span within {@code min..max}, written {@code 500ms}, {@code 5s}, {@code 2min}, {@code
   * 1h} or ISO-8601.
   */
  public static Setting<Duration> duration(
      String name, Duration defaultValue, Duration min, Duration max, String meaning) {
    var expected = "a time span from " + min + " to " + max + ", such as 500ms or 5s";
    return new Setting<>(
        name,
        defaultValue,
        expected,
        meaning,
        text -> {
          var value = parseDuration(text);
          return require(value.compareTo(min) >= 0 && value.compareTo(max) <= 0, value);
        });
  }

  /**
   * A whole number within {@code min..max}; {@code unit} is its UCUM unit, {@code "1"} for a plain
   * count.
   */
  public static Setting<Integer> integer(
      String name, int defaultValue, int min, int max, String unit, String meaning) {
    var expected = "a whole number from " + min + " to " + max + " " + unit;
    return new Setting<>(
        name,
        defaultValue,
        expected,
        meaning,
        text -> {
          int value = Integer.parseInt(text.strip());
          return require(value >= min && value <= max, value);
        });
  }

  /** A decimal number within {@code min..max}; {@code unit} is its UCUM unit. */
  public static Setting<BigDecimal> decimal(
      String name,
      BigDecimal defaultValue,
      BigDecimal min,
      BigDecimal max,
      String unit,
      String meaning) {
    var expected = "a number from " + min + " to " + max + " " + unit;
    return new Setting<>(
        name,
        defaultValue,
        expected,
        meaning,
        text -> {
          var value = new BigDecimal(text.strip());
          return require(value.compareTo(min) >= 0 && value.compareTo(max) <= 0, value);
        });
  }

  /** Free text. */
  public static Setting<String> text(String name, String defaultValue, String meaning) {
    return new Setting<>(name, defaultValue, "text", meaning, text -> text);
  }

  /**
   * Text in a language of the driver's own, such as a list of fields; a gateway checks it before
   * the driver runs.
   *
   * @param expected what the text is, as a person reads it
   * @param parser pure; on a text it cannot read throws an {@link IllegalArgumentException} that
   *     says where and why, so that the text itself need not be repeated
   */
  public static <T> Setting<T> parsed(
      String name, T defaultValue, String expected, String meaning, Function<String, T> parser) {
    return new Setting<>(name, defaultValue, expected, meaning, parser, true);
  }

  /** {@code true} or {@code false}. */
  public static Setting<Boolean> flag(String name, boolean defaultValue, String meaning) {
    return new Setting<>(
        name,
        defaultValue,
        "true or false",
        meaning,
        text ->
            switch (text.strip().toLowerCase(Locale.ROOT)) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new IllegalArgumentException(text);
            });
  }

  /** One of the given words. */
  public static Setting<String> choice(
      String name, String defaultValue, List<String> words, String meaning) {
    var allowed = List.copyOf(words);
    return new Setting<>(
        name,
        defaultValue,
        "one of " + allowed,
        meaning,
        text -> require(allowed.contains(text.strip()), text.strip()));
  }

  /** Name in configuration, camelCase. */
  public String name() {
    return name;
  }

  /** Value where nothing is configured. */
  public T defaultValue() {
    return defaultValue;
  }

  /** Type and bounds, as a person reads them. */
  public String expected() {
    return expected;
  }

  /** What it does, in one sentence. */
  public String meaning() {
    return meaning;
  }

  /**
   * The value that a configured text stands for.
   *
   * @throws IllegalArgumentException naming the setting, what was expected and what came
   */
  public T parse(String text) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException | DateTimeParseException | ArithmeticException e) {
      var came = parserExplains ? "; " + e.getMessage() : ", got \"" + text + "\"";
      throw new IllegalArgumentException("setting " + name + ": expected " + expected + came, e);
    }
  }

  @Override
  public String toString() {
    return name + " (" + expected + ", default " + defaultValue + ")";
  }

  private static Duration parseDuration(String text) {
    Matcher match = SHORT_DURATION.matcher(text.strip());
    if (!match.matches()) {
      return Duration.parse(text.strip());
    }
    long amount = Long.parseLong(match.group(1));
    return switch (match.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "min" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }

  private static <V> V require(boolean valid, V value) {
    if (!valid) {
      throw new IllegalArgumentException("out of bounds");
    }
    return value;
  }
}
