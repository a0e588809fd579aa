package io.medtwin.transports.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A topic filter that says where the device id stands: {@code med/v1/+/{device}/telemetry/#}. The
 * placeholder fills one level, alone or with text around it ({@code watch-{device}}); {@code +} and
 * {@code #} mean what MQTT says. Pure and immutable.
 */
public final class TopicPattern {

  /** Where the device id stands in a pattern. */
  public static final String DEVICE = "{device}";

  /** Longest topic of MQTT, in UTF-8 bytes. */
  private static final int MAX_BYTES = 65_535;

  private sealed interface Level {
    record Text(String text) implements Level {}

    record Any() implements Level {}

    record Rest() implements Level {}

    record Device(String before, String after) implements Level {}
  }

  /**
   * What a topic that matches tells.
   *
   * @param device the id in it, or null if the pattern has no placeholder
   */
  public record Match(@Nullable String device) {}

  private final String text;
  private final List<Level> levels;

  private TopicPattern(String text, List<Level> levels) {
    this.text = text;
    this.levels = List.copyOf(levels);
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException what is wrong with it
   */
  public static TopicPattern parse(String text) {
    if (text.isEmpty() || text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw new IllegalArgumentException("a topic pattern has 1 to " + MAX_BYTES + " bytes");
    }
    if (text.startsWith("$share/")) {
      throw new IllegalArgumentException(
          "a shared subscription would spread one device over several gateways; got " + text);
    }
    var levels = new ArrayList<Level>();
    String[] parts = text.split("/", -1);
    boolean device = false;
    for (int i = 0; i < parts.length; i++) {
      Level level = level(parts[i], i == parts.length - 1, text);
      if (level instanceof Level.Device) {
        if (device) {
          throw new IllegalArgumentException("only one " + DEVICE + " in " + text);
        }
        device = true;
      }
      levels.add(level);
    }
    return new TopicPattern(text, levels);
  }

  private static Level level(String part, boolean last, String whole) {
    if (part.equals("+")) {
      return new Level.Any();
    }
    if (part.equals("#") && last) {
      return new Level.Rest();
    }
    int at = part.indexOf(DEVICE);
    String rest = at < 0 ? part : part.substring(0, at) + part.substring(at + DEVICE.length());
    if (rest.matches(".*[+#{}\u0000].*")) {
      throw new IllegalArgumentException(
          "+ and "
              + DEVICE
              + " stand in a level, # alone at the end; got "
              + part
              + " in "
              + whole);
    }
    return at < 0
        ? new Level.Text(part)
        : new Level.Device(part.substring(0, at), part.substring(at + DEVICE.length()));
  }

  /** Whether a topic tells which device it is of. */
  public boolean hasDevice() {
    return levels.stream().anyMatch(Level.Device.class::isInstance);
  }

  /**
   * The same pattern for one device alone.
   *
   * @param id without {@code /}, {@code +} and {@code #}
   */
  public TopicPattern forDevice(String id) {
    if (id.isBlank() || id.matches(".*[/+#{}\u0000].*")) {
      throw new IllegalArgumentException("a device id in a topic has no / + # { }; got " + id);
    }
    return parse(text.replace(DEVICE, id));
  }

  /** The filter to subscribe to. */
  public String filter() {
    var filter = new ArrayList<String>();
    for (Level level : levels) {
      filter.add(
          switch (level) {
            case Level.Text(String literal) -> literal;
            case Level.Any(), Level.Device(_, _) -> "+";
            case Level.Rest() -> "#";
          });
    }
    return String.join("/", filter);
  }

  /** What a topic tells, or null if it is not one of this pattern. */
  public @Nullable Match match(String topic) {
    if (topic.startsWith("$") && !(levels.getFirst() instanceof Level.Text)) {
      return null; // MQTT 4.7.2: wildcards do not reach the broker's own topics
    }
    String device = null;
    int from = 0; // of the next level; beyond the end where none is left
    for (Level level : levels) {
      if (level instanceof Level.Rest) {
        return new Match(device); // also the parent itself: a/# takes a
      }
      if (from > topic.length()) {
        return null;
      }
      int slash = topic.indexOf('/', from);
      int end = slash < 0 ? topic.length() : slash;
      switch (level) {
        case Level.Text(String literal) -> {
          if (literal.length() != end - from || !topic.startsWith(literal, from)) {
            return null;
          }
        }
        case Level.Device(String before, String after) -> {
          device = between(topic, from, end, before, after);
          if (device == null) {
            return null;
          }
        }
        case Level.Any(), Level.Rest() -> {}
      }
      from = end + 1;
    }
    return from > topic.length() ? new Match(device) : null;
  }

  private static @Nullable String between(
      String topic, int from, int end, String before, String after) {
    int begin = from + before.length();
    int until = end - after.length();
    return begin < until && topic.startsWith(before, from) && topic.startsWith(after, until)
        ? topic.substring(begin, until)
        : null;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TopicPattern pattern && text.equals(pattern.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }
}
