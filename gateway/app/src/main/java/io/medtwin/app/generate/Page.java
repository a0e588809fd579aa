package io.medtwin.app.generate;

import io.medtwin.spi.Alert;
import io.medtwin.spi.LinkKind;
import io.medtwin.twin.profile.Metric;
import io.medtwin.twin.profile.Profile;
import io.medtwin.twin.profile.ProfileDiff;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a profile says, as a page for people: biomedical engineers first. Markdown. */
final class Page {

  private final Profile profile;
  private final StringBuilder text = new StringBuilder();

  private static final Set<String> FOR_PEOPLE = Set.of("cable", "menu", "note");

  private Page(Profile profile) {
    this.profile = profile;
  }

  /** Writes it; {@code wires} are the kinds of link that the driver takes. */
  static String of(Profile profile, Collection<LinkKind> wires) {
    return new Page(profile).write(wires);
  }

  private String write(Collection<LinkKind> wires) {
    var model = profile.model();
    line("# " + model.manufacturer() + " " + model.name());
    line("");
    if (!profile.paper().description().isEmpty()) {
      line(profile.paper().description());
      line("");
    }
    line(
        "Made from the profile `"
            + profile.id()
            + "` "
            + profile.version()
            + "; do not edit. A documentation and transport system: never therapy control, never"
            + " the primary alarm.");
    identity(wires);
    parameters();
    waves();
    words();
    alerts();
    events();
    variants();
    withheld();
    sources();
    return text.toString();
  }

  private void identity(Collection<LinkKind> wires) {
    var model = profile.model();
    heading("Device and link");
    table("", "");
    row("Manufacturer", model.manufacturer());
    row("Model", model.name());
    row("Class", "`" + model.deviceClass() + "`");
    row("IEEE 11073-10101 code", code(model.mdc()));
    row("Driver", "`" + profile.driver() + "`");
    if (!wires.isEmpty()) {
      row(
          "Links the driver takes",
          new TreeSet<>(wires)
              .stream()
                  .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                  .collect(Collectors.joining(", ")));
    }
    new TreeMap<>(profile.linkDefaults())
        .forEach(
            (key, value) -> row("Link: " + key, FOR_PEOPLE.contains(key) ? value : code(value)));
    new TreeMap<>(profile.settings())
        .forEach(
            (key, value) ->
                row("Setting `" + key + "`", "`" + value.strip().replace("\n", "`<br>`") + "`"));
  }

  private void parameters() {
    var metrics =
        kinds(Metric.Kind.NUMERIC, Metric.Kind.SETTING, Metric.Kind.ENUM, Metric.Kind.TEXT);
    if (metrics.isEmpty()) {
      return;
    }
    heading("Parameters");
    table(
        "Feature",
        "Property",
        "Device's name",
        "Kind",
        "Code",
        "Unit",
        "Each",
        "Stale after",
        "Plausible",
        "Deadband");
    for (Metric metric : metrics) {
      var plausible = metric.plausible();
      row(
          "`" + metric.channel() + "`",
          "`" + metric.name() + "`",
          "`" + metric.parameter() + "`",
          metric.kind().name().toLowerCase(Locale.ROOT),
          code(metric.code()),
          code(metric.unit()),
          pace(metric),
          metric.staleAfter().map(Words::span).orElse("never by time"),
          plausible == null
              ? ""
              : Words.number(plausible.low()) + " to " + Words.number(plausible.high()),
          metric.deadband() == null ? "" : Words.number(metric.deadband()));
    }
    line("");
    line(
        "A number outside its plausible range is marked questionable and never left out. Code and"
            + " unit of each property are in the twin under `attributes/terms`.");
  }

  private void waves() {
    var metrics = kinds(Metric.Kind.WAVEFORM);
    if (metrics.isEmpty()) {
      return;
    }
    heading("Waves");
    line("The twin holds descriptors, no samples.");
    line("");
    table("Feature", "Property", "Device's name", "Code", "Unit");
    for (Metric metric : metrics) {
      row(
          "`wave-" + metric.channel() + "`",
          "`" + metric.name() + "`",
          "`" + metric.parameter() + "`",
          code(metric.code()),
          code(metric.unit()));
    }
  }

  private void words() {
    var metrics = profile.metrics().stream().filter(m -> !m.words().isEmpty()).toList();
    if (metrics.isEmpty()) {
      return;
    }
    heading("Words");
    line("A word that is not listed stays as the device says it.");
    line("");
    table("Property", "Device says", "Twin says");
    for (Metric metric : metrics) {
      new TreeMap<>(metric.words())
          .forEach(
              (from, to) ->
                  row(
                      "`" + metric.channel() + "." + metric.name() + "`",
                      "`" + from + "`",
                      "`" + to + "`"));
    }
  }

  private void alerts() {
    heading("Alerts");
    if (profile.alerts().isEmpty()) {
      line("The profile names none; what the device tells is shown with its own code and text.");
      return;
    }
    line("Priority and text are the device's own where it states them.");
    line("");
    table("Device's code", "Text", "Priority", "Device waits", "Event code (IEEE 11073-10101)");
    new TreeMap<>(profile.alerts())
        .forEach(
            (code, term) ->
                row(
                    "`" + code + "`",
                    term.text(),
                    term.priority() == Alert.Priority.UNKNOWN
                        ? ""
                        : term.priority().name().toLowerCase(Locale.ROOT),
                    term.delay().map(Words::span).orElse(""),
                    code(term.event())));
  }

  private void events() {
    if (profile.events().isEmpty()) {
      return;
    }
    heading("Events");
    table("Device's code", "Text", "Event code (IEEE 11073-10101)");
    new TreeMap<>(profile.events())
        .forEach((code, term) -> row("`" + code + "`", term.text(), code(term.event())));
  }

  private void variants() {
    if (profile.variants().isEmpty()) {
      return;
    }
    heading("By firmware");
    for (Profile.Variant variant : profile.variants()) {
      line("Firmware that begins with `" + variant.firmware() + "`:");
      line("");
      ProfileDiff.between(profile, variant.profile()).forEach(change -> line("- " + change));
      line("");
    }
  }

  private void withheld() {
    heading("Kept out of the twin");
    if (profile.withheld().isEmpty()) {
      line("Nothing: what has no place above is in the feature `vendor`, as the device says it.");
      return;
    }
    line("These tell of a person or of an order:");
    line("");
    new TreeSet<>(profile.withheld()).forEach(parameter -> line("- `" + parameter + "`"));
  }

  private void sources() {
    heading("Sources");
    if (profile.paper().sources().isEmpty()) {
      line("None stated.");
    }
    profile.paper().sources().forEach(source -> line("- " + source));
  }

  private List<Metric> kinds(Metric.Kind... kinds) {
    var wanted = List.of(kinds);
    return profile.metrics().stream().filter(metric -> wanted.contains(metric.kind())).toList();
  }

  private static String code(int code) {
    return code > 0 ? Integer.toString(code) : "";
  }

  private static String code(String text) {
    return text.isEmpty() ? "" : "`" + text + "`";
  }

  private void heading(String title) {
    line("");
    line("## " + title);
    line("");
  }

  private void table(String... titles) {
    row(titles);
    row(Collections.nCopies(titles.length, "---").toArray(String[]::new));
  }

  private void row(String... cells) {
    var row = new StringBuilder("|");
    for (String cell : cells) {
      row.append(' ').append(cell.replace("|", "\\|").replace("\n", " ")).append(" |");
    }
    line(row.toString());
  }

  private void line(String content) {
    text.append(content).append('\n');
  }

  private static String pace(Metric metric) {
    return metric.period() != null
        ? Words.span(metric.period())
        : metric.assumed() == null ? "on change" : "not stated";
  }
}
