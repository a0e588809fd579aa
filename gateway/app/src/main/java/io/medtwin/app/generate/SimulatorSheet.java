package io.medtwin.app.generate;

import io.medtwin.spi.LinkKind;
import io.medtwin.twin.profile.Metric;
import io.medtwin.twin.profile.Profile;
import io.medtwin.twin.profile.Sent;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a simulated device of a profile needs, as YAML: driver, wires, and each parameter under the
 * driver's name with its unit, pace and bounds. Form: README of the module, "The simulator's
 * sheet".
 */
public final class SimulatorSheet {

  private final Profile profile;
  private final StringBuilder text = new StringBuilder();

  private SimulatorSheet(Profile profile) {
    this.profile = profile;
  }

  /** Writes it. */
  public static String of(Output.Source source) {
    return new SimulatorSheet(source.profile()).write(source.wires(), source.conversations());
  }

  private String write(Collection<LinkKind> wires, List<String> conversations) {
    var model = profile.model();
    line(0, "# A simulated " + model.manufacturer() + " " + model.name() + ", from its profile.");
    line(0, "simulator: " + profile.id());
    line(0, "version: " + quoted(profile.version()));
    line(0, "class: " + model.deviceClass());
    line(0, "driver: " + profile.driver());
    section("settings", new TreeMap<>(profile.settings()));
    wires(wires);
    if (!conversations.isEmpty()) {
      line(0, "conversations:");
      conversations.forEach(name -> line(1, "- " + quoted(name)));
    }
    section("units", new TreeMap<>(profile.units()));
    line(0, "identity:");
    line(1, "manufacturer: " + quoted(model.manufacturer()));
    line(1, "model: " + quoted(model.name()));
    line(1, "serial: " + quoted("SIM-0001"));
    line(0, "parameters:");
    for (Metric metric : profile.metrics()) {
      parameter(metric);
    }
    if (!profile.alerts().isEmpty()) {
      line(0, "alerts:");
      new TreeMap<>(profile.alerts())
          .forEach((code, term) -> line(1, quoted(code) + ": " + quoted(term.text())));
    }
    return text.toString();
  }

  private void wires(Collection<LinkKind> wires) {
    if (wires.isEmpty()) {
      return;
    }
    line(0, "wires:");
    for (LinkKind wire : new TreeSet<>(wires)) {
      var name = wire.name().toLowerCase(Locale.ROOT);
      line(1, name + ": " + quoted(profile.linkDefaults().getOrDefault(name, "")));
    }
  }

  private void parameter(Metric metric) {
    line(1, quoted(metric.parameter()) + ":");
    line(2, "place: " + quoted(metric.channel() + "." + metric.name()));
    line(2, "kind: " + metric.kind().name().toLowerCase(Locale.ROOT));
    if (!metric.unit().isEmpty()) {
      line(2, "unit: " + quoted(metric.unit()));
    }
    sent(metric.sent());
    if (metric.period() != null) {
      line(2, "period: " + Words.span(metric.period()));
    }
    if (metric.deadband() != null) {
      line(2, "step: " + Words.number(metric.deadband()));
    }
    if (metric.plausible() != null) {
      line(2, "plausible: " + range(metric.plausible()));
    }
    Typical.of(metric).ifPresent(range -> line(2, "typical: " + range(range)));
    if (!metric.words().isEmpty()) {
      var words = new TreeSet<>(metric.words().keySet()).stream().map(SimulatorSheet::quoted);
      line(2, "words: [" + String.join(", ", words.toList()) + "]");
    }
  }

  private void sent(Sent sent) {
    if (sent.unit().isEmpty() && isPlain(sent)) {
      return;
    }
    var offset = sent.amount(BigDecimal.ZERO);
    line(
        2,
        "sent: { unit: "
            + quoted(sent.unit())
            + ", scale: "
            + Words.number(sent.amount(BigDecimal.ONE).subtract(offset))
            + ", offset: "
            + Words.number(offset)
            + " }");
  }

  private static boolean isPlain(Sent sent) {
    return sent.amount(BigDecimal.ZERO).signum() == 0
        && sent.amount(BigDecimal.ONE).compareTo(BigDecimal.ONE) == 0;
  }

  private static String range(Metric.Range range) {
    return "{ low: " + Words.number(range.low()) + ", high: " + Words.number(range.high()) + " }";
  }

  private void section(String name, Map<String, String> members) {
    if (!members.isEmpty()) {
      line(0, name + ":");
      members.forEach((key, value) -> line(1, quoted(key) + ": " + quoted(value)));
    }
  }

  private void line(int depth, String content) {
    text.append("  ".repeat(depth)).append(content).append('\n');
  }

  /**
   * A double-quoted scalar (YAML 1.2, section 7.3.1): nothing in it is taken for something else.
   */
  static String quoted(String plain) {
    var quoted = new StringBuilder("\"");
    plain
        .codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> {
                  if (point < 0x20 || point == 0x7F) {
                    quoted.append(String.format(Locale.ROOT, "\\x%02x", point));
                  } else {
                    quoted.appendCodePoint(point);
                  }
                }
              }
            });
    return quoted.append('"').toString();
  }
}
