package io.medtwin.twin.profile;

import io.medtwin.spi.Absent;
import io.medtwin.spi.Alert;
import io.medtwin.twin.document.Place;
import io.medtwin.twin.document.Section;
import io.medtwin.twin.document.Suggestion;
import io.medtwin.twin.profile.Metric.Kind;
import io.medtwin.twin.profile.Profile.AlertTerm;
import io.medtwin.twin.profile.Profile.EventTerm;
import io.medtwin.twin.profile.Profile.Model;
import io.medtwin.twin.profile.Profile.Paper;
import io.medtwin.twin.profile.Profile.Variant;
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

  /** A period's word for what is said only when it changes. */
  private static final String ON_CHANGE = "change";

  private static final int CODE_MAX = Integer.MAX_VALUE;
  private static final List<String> KINDS =
      Stream.of(Kind.values()).map(kind -> kind.name().toLowerCase(Locale.ROOT)).toList();
  private static final Duration DELAY_MAX = Duration.ofHours(1);
  private static final List<String> PRIORITIES = List.of("high", "medium", "low", "none");
  private static final List<String> REASONS =
      Stream.of(Absent.Reason.values()).map(Example::word).toList();
  private static final List<String> OF_VARIANTS =
      List.of("channels", "units", "alerts", "events", "withheld");
  private static final List<String> RESERVED_FEATURES =
      List.of("link", "alerts", "events", "vendor", "clock", "association");

  private ProfileReader() {}

  /**
   * The profile that {@code root} describes, with its base already under it; what is missing is
   * filled with harmless values and reported.
   */
  public static Profile read(Section root) {
    var variants = new ArrayList<Variant>();
    root.optionalSection("firmware")
        .ifPresent(
            firmware ->
                firmware
                    .sections()
                    .forEach(
                        (name, over) -> {
                          checkVariant(over);
                          var whole = over.over(root.without(Set.of("firmware", "examples")));
                          variants.add(new Variant(name, read(whole, List.of())));
                        }));
    return read(root, variants);
  }

  private static void checkVariant(Section over) {
    for (String key : over.keys()) {
      if (!OF_VARIANTS.contains(key)) {
        over.problemAt(
            key,
            "\""
                + key
                + "\" cannot differ by firmware; what can: "
                + OF_VARIANTS
                + Suggestion.of(key, OF_VARIANTS));
      }
    }
  }

  private static Profile read(Section root, List<Variant> variants) {
    var places = new HashMap<String, Place>();
    places.put("", root.place("profile"));
    for (String key : root.keys()) {
      places.put(key, root.place(key));
    }
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
    var base = root.optionalText("base");
    var description = root.optionalText("description").orElse("");
    var sources = root.texts("sources");
    for (String key : List.of("settings", "units", "alerts", "events")) {
      root.optionalSection(key)
          .ifPresent(
              section -> section.keys().forEach(k -> places.put(key + "/" + k, section.place(k))));
    }
    var settings = root.optionalSection("settings").map(Section::textsByKey).orElse(Map.of());
    var link = root.optionalSection("link").map(ProfileReader::readLink).orElse(Map.of());
    var units = root.optionalSection("units").map(Section::textsByKey).orElse(Map.of());
    var metrics =
        root.section("channels")
            .map(section -> readChannels(section, places, model))
            .orElse(List.of());
    var alerts = root.optionalSection("alerts").map(ProfileReader::readAlerts).orElse(Map.of());
    var events = root.optionalSection("events").map(ProfileReader::readEvents).orElse(Map.of());
    var withheld = root.texts("withheld");
    var examples = readExamples(root);
    checkWithheld(root, withheld, metrics);
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
        events,
        Set.copyOf(withheld),
        new Paper(description, sources, base, examples, places),
        variants);
  }

  private static void checkWithheld(Section root, List<String> withheld, List<Metric> metrics) {
    for (Metric metric : metrics) {
      if (withheld.contains(metric.parameter())) {
        root.problemAt(
            "withheld",
            "\""
                + metric.parameter()
                + "\" is withheld, and mapped to "
                + metric.place()
                + "; take one away");
      }
    }
  }

  private static List<Example> readExamples(Section root) {
    var examples = new ArrayList<Example>();
    root.textsByLine("examples")
        .forEach(
            (line, text) -> {
              try {
                examples.add(Example.parse(root.file(), line, text));
              } catch (IllegalArgumentException e) {
                root.problemAtLine(line, "examples: " + e.getMessage());
              }
            });
    return examples;
  }

  private static Map<String, String> readLink(Section section) {
    var link = new LinkedHashMap<String, String>();
    for (String key : List.of("serial", "tcp", "udp", "cable", "menu", "note")) {
      section.optionalText(key).ifPresent(text -> link.put(key, text));
    }
    section.done();
    return link;
  }

  private static List<Metric> readChannels(
      Section channels, Map<String, Place> places, Model model) {
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
                        var metric =
                            readMetric(metrics.size(), channel, name, section, model.deviceClass());
                        places.put(metric.place(), properties.place(name));
                        section
                            .keys()
                            .forEach(
                                key -> places.put(metric.place() + "/" + key, section.place(key)));
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

  private static Metric readMetric(
      int index, String channel, String name, Section section, String deviceClass) {
    var word = section.word("kind", KINDS);
    var kind = word.map(w -> Kind.valueOf(w.toUpperCase(Locale.ROOT))).orElse(Kind.NUMERIC);
    boolean isKnown = word.isPresent() || !section.has("kind");
    boolean number = kind == Kind.NUMERIC || kind == Kind.SETTING;
    var unit = section.optionalText("unit").orElse("");
    if (unit.isEmpty() && isKnown && (number || kind == Kind.WAVEFORM)) {
      section.text("unit");
    }
    boolean saidOnChange = section.optionalText("period").filter(ON_CHANGE::equals).isPresent();
    var period =
        saidOnChange ? null : section.duration("period", PERIOD_MIN, PERIOD_MAX).orElse(null);
    int code = section.integer("code", 0, CODE_MAX).orElse(0);
    var metric =
        new Metric(
            index,
            channel,
            name,
            section.text("from"),
            kind,
            code,
            unit,
            section.optionalSection("sent").map(ProfileReader::readSent).orElse(Sent.PLAINLY),
            section.optionalSection("words").map(Section::textsByKey).orElse(Map.of()),
            period,
            saidOnChange || period != null
                ? null
                : ClassPeriods.of(deviceClass, kind, code).orElse(null),
            section.decimal("deadband").orElse(null),
            section.optionalSection("plausible").map(ProfileReader::readRange).orElse(null));
    section.optionalText("note");
    section.done();
    return metric;
  }

  private static Sent readSent(Section section) {
    var absent = new HashMap<String, Absent.Reason>();
    section
        .optionalSection("absent")
        .ifPresent(
            words ->
                words
                    .keys()
                    .forEach(
                        word ->
                            words
                                .word(word, REASONS)
                                .ifPresent(reason -> absent.put(word, Example.reason(reason)))));
    var scale = section.decimal("scale");
    if (scale.isPresent() && scale.get().signum() == 0) {
      section.problemAt("scale", "a scale of 0 would make every number 0; leave it out for 1");
    }
    var sent =
        new Sent(
            section.optionalText("unit").orElse(""),
            scale.orElse(null),
            section.decimal("offset").orElse(null),
            absent);
    section.done();
    return sent;
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
                      section.integer("event", 0, CODE_MAX).orElse(0),
                      section.text("text"),
                      section
                          .word("priority", PRIORITIES)
                          .map(word -> Alert.Priority.valueOf(word.toUpperCase(Locale.ROOT)))
                          .orElse(Alert.Priority.UNKNOWN),
                      section.duration("delay", Duration.ZERO, DELAY_MAX)));
              section.done();
            });
    return terms;
  }

  private static Map<String, EventTerm> readEvents(Section events) {
    var terms = new HashMap<String, EventTerm>();
    events
        .sections()
        .forEach(
            (code, section) -> {
              terms.put(
                  code,
                  new EventTerm(
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
