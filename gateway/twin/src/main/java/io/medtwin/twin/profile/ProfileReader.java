package io.medtwin.twin.profile;

import io.medtwin.twin.document.Section;
import io.medtwin.twin.profile.Metric.Kind;
import io.medtwin.twin.profile.Profile.AlertTerm;
import io.medtwin.twin.profile.Profile.Model;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads one profile file; every problem lands in the section's problems, and reading goes on. */
public final class ProfileReader {

  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+");
  private static final Pattern PROPERTY = Pattern.compile("[a-z][A-Za-z0-9]*");
  private static final Duration PERIOD_MIN = Duration.ofMillis(10);
  private static final Duration PERIOD_MAX = Duration.ofDays(7);
  private static final int CODE_MAX = Integer.MAX_VALUE;
  private static final List<String> KINDS =
      Stream.of(Kind.values()).map(kind -> kind.name().toLowerCase(Locale.ROOT)).toList();
  private static final List<String> RESERVED_FEATURES =
      List.of("link", "alerts", "events", "vendor", "clock", "association");

  private ProfileReader() {}

  /**
   * The profile that {@code root} describes; what is missing is filled with harmless values and
   * reported.
   */
  public static Profile read(Section root) {
    var id = root.matching("profile", ID, "lower case letters, digits and dashes");
    if (!root.has("profile")) {
      root.text("profile");
    }
    root.text("version");
    var version = root.matching("version", VERSION, "major.minor.patch");
    var model =
        new Model(
            root.text("manufacturer"),
            root.text("model"),
            root.matching("class", ID, "a class such as infusion-pump")
                .orElseGet(() -> root.text("class")),
            root.integer("mdc", 0, CODE_MAX).orElse(0));
    var driver = root.text("driver");
    root.optionalText("description");
    root.texts("sources");
    var settings = root.optionalSection("settings").map(Section::textsByKey).orElse(Map.of());
    var link = root.optionalSection("link").map(ProfileReader::readLink).orElse(Map.of());
    var units = root.optionalSection("units").map(Section::textsByKey).orElse(Map.of());
    var metrics = root.section("channels").map(ProfileReader::readChannels).orElse(List.of());
    var alerts = root.optionalSection("alerts").map(ProfileReader::readAlerts).orElse(Map.of());
    var withheld = Set.copyOf(root.texts("withheld"));
    root.done();
    return new Profile(
        id.orElse("unnamed"),
        version.orElse("0.0.0"),
        model,
        driver,
        settings,
        link,
        units,
        metrics,
        alerts,
        withheld);
  }

  private static Map<String, String> readLink(Section section) {
    var link = new LinkedHashMap<String, String>();
    for (String key : List.of("serial", "tcp", "udp", "note")) {
      section.optionalText(key).ifPresent(text -> link.put(key, text));
    }
    section.done();
    return link;
  }

  private static List<Metric> readChannels(Section channels) {
    var metrics = new ArrayList<Metric>();
    var seen = new HashMap<String, String>();
    channels
        .sections()
        .forEach(
            (channel, properties) -> {
              if (!ID.matcher(channel).matches() || RESERVED_FEATURES.contains(channel)) {
                channels.problemAt(
                    channel,
                    "\""
                        + channel
                        + "\" cannot be a channel: use lower case letters, digits and dashes, not"
                        + " one of "
                        + RESERVED_FEATURES);
              }
              properties
                  .sections()
                  .forEach(
                      (name, section) -> {
                        if (!PROPERTY.matcher(name).matches()) {
                          properties.problemAt(
                              name,
                              "\""
                                  + name
                                  + "\" cannot be a property: use camelCase letters and digits");
                        }
                        var metric = readMetric(metrics.size(), channel, name, section);
                        var other = seen.putIfAbsent(metric.parameter(), channel + "." + name);
                        if (other != null) {
                          section.problemAt(
                              "from",
                              "\"" + metric.parameter() + "\" is already mapped to " + other);
                        }
                        metrics.add(metric);
                      });
            });
    return metrics;
  }

  private static Metric readMetric(int index, String channel, String name, Section section) {
    var kind =
        section
            .word("kind", KINDS)
            .map(word -> Kind.valueOf(word.toUpperCase(Locale.ROOT)))
            .orElse(Kind.NUMERIC);
    boolean number = kind == Kind.NUMERIC || kind == Kind.SETTING;
    var unit = section.optionalText("unit").orElse("");
    if (unit.isEmpty() && (number || kind == Kind.WAVEFORM)) {
      section.text("unit");
    }
    var metric =
        new Metric(
            index,
            channel,
            name,
            section.text("from"),
            kind,
            section.integer("code", 0, CODE_MAX).orElse(0),
            unit,
            section.optionalSection("words").map(Section::textsByKey).orElse(Map.of()),
            section.duration("period", PERIOD_MIN, PERIOD_MAX).orElse(null),
            section.decimal("deadband").orElse(null),
            section.optionalSection("plausible").map(ProfileReader::readRange).orElse(null));
    section.optionalText("note");
    section.done();
    return metric;
  }

  private static Metric.@Nullable Range readRange(Section section) {
    var low = section.decimal("low");
    var high = section.decimal("high");
    section.done();
    if (low.isEmpty() || high.isEmpty() || low.get().compareTo(high.get()) > 0) {
      section.problemAt("low", "plausible needs low and high, low first");
      return null;
    }
    return new Metric.Range(low.get(), high.get());
  }

  private static Map<String, AlertTerm> readAlerts(Section alerts) {
    var terms = new HashMap<String, AlertTerm>();
    alerts
        .sections()
        .forEach(
            (code, section) -> {
              terms.put(
                  code,
                  new AlertTerm(
                      section.integer("event", 0, CODE_MAX).orElse(0), section.text("text")));
              section.done();
            });
    return terms;
  }

  /** The id a profile file should carry: its name without folder and ending. */
  static Optional<String> idOfFile(String file) {
    var name = file.substring(file.lastIndexOf('/') + 1);
    return name.endsWith(".yaml")
        ? Optional.of(name.substring(0, name.length() - 5))
        : Optional.empty();
  }
}
