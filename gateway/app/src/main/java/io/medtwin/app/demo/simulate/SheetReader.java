package io.medtwin.app.demo.simulate;

import io.medtwin.simulator.sheet.Sheet;
import io.medtwin.simulator.sheet.Sheet.Kind;
import io.medtwin.simulator.sheet.Sheet.Parameter;
import io.medtwin.simulator.sheet.Sheet.Range;
import io.medtwin.spi.LinkKind;
import io.medtwin.twin.document.Section;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a simulator's sheet. Problems are told all together, with their lines; what cannot be read
 * is left out, so the sheet counts only where there was no problem.
 */
final class SheetReader {

  private static final Duration SHORTEST = Duration.ofMillis(10);
  private static final Duration LONGEST = Duration.ofDays(7);
  private static final List<String> KINDS =
      Stream.of(Kind.values()).map(kind -> kind.name().toLowerCase(Locale.ROOT)).toList();

  private SheetReader() {}

  /** The sheet, and the conversations that it names. */
  record Read(Sheet sheet, List<String> conversations) {}

  static Read read(Section root) {
    var profile = root.text("simulator");
    root.text("version");
    root.text("class");
    var sheet =
        new Sheet(
            profile,
            root.text("driver"),
            texts(root, "settings"),
            wires(root),
            maker(root),
            texts(root, "units"),
            parameters(root),
            root.optionalSection("alerts").map(Section::keys).orElse(Set.of()));
    root.optionalSection("alerts").ifPresent(Section::textsByKey);
    var conversations = root.texts("conversations");
    root.done();
    return new Read(sheet, conversations);
  }

  private static Map<String, String> texts(Section root, String key) {
    return root.optionalSection(key).map(Section::textsByKey).orElse(Map.of());
  }

  private static Map<LinkKind, String> wires(Section root) {
    var wires = new EnumMap<LinkKind, String>(LinkKind.class);
    root.optionalSection("wires")
        .ifPresent(
            section ->
                section
                    .textsByKey()
                    .forEach(
                        (name, line) -> {
                          var kind = linkKind(name);
                          if (kind == null) {
                            section.problemAt(name, "wires: there is no link \"" + name + "\"");
                          } else {
                            wires.put(kind, line);
                          }
                        }));
    return wires;
  }

  private static @Nullable LinkKind linkKind(String name) {
    for (LinkKind kind : LinkKind.values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(name)) {
        return kind;
      }
    }
    return null;
  }

  private static Sheet.Maker maker(Section root) {
    var identity = root.section("identity");
    var maker =
        new Sheet.Maker(
            identity.map(section -> section.text("manufacturer")).orElse(""),
            identity.map(section -> section.text("model")).orElse(""),
            identity.map(section -> section.text("serial")).orElse(""));
    identity.ifPresent(Section::done);
    return maker;
  }

  private static List<Parameter> parameters(Section root) {
    var parameters = new ArrayList<Parameter>();
    var section = root.section("parameters");
    if (section.isPresent() && section.get().keys().size() > Sheet.MAX_PARAMETERS) {
      root.problemAt("parameters", "expected at most " + Sheet.MAX_PARAMETERS + " parameters");
      return List.of();
    }
    section.ifPresent(
        all -> all.sections().forEach((name, one) -> parameters.add(parameter(name, one))));
    return parameters;
  }

  private static Parameter parameter(String name, Section one) {
    one.text("place");
    var kind =
        one.word("kind", KINDS)
            .map(word -> Kind.valueOf(word.toUpperCase(Locale.ROOT)))
            .orElse(Kind.NUMERIC);
    var unit = one.optionalText("unit").orElse("");
    if (unit.isEmpty() && (kind == Kind.NUMERIC || kind == Kind.SETTING)) {
      one.problemAt("unit", "a number needs a unit; \"1\" if it has none");
    }
    var step = one.decimal("step");
    if (step.isPresent() && step.get().signum() <= 0) {
      one.problemAt("step", "expected a step above 0");
      step = Optional.empty();
    }
    var parameter =
        new Parameter(
            name,
            kind,
            unit,
            one.texts("words"),
            one.duration("period", SHORTEST, LONGEST).orElse(null),
            step.orElse(null),
            range(one, "plausible"),
            range(one, "typical"),
            sent(one));
    one.done();
    return parameter;
  }

  private static @Nullable Range range(Section one, String key) {
    var bounds = one.optionalSection(key);
    var low = bounds.flatMap(section -> section.decimal("low"));
    var high = bounds.flatMap(section -> section.decimal("high"));
    bounds.ifPresent(Section::done);
    if (low.isEmpty() || high.isEmpty() || low.get().compareTo(high.get()) > 0) {
      if (bounds.isPresent()) {
        one.problemAt(key, key + ": expected { low: …, high: … }, the lower one first");
      }
      return null;
    }
    return new Range(low.get(), high.get());
  }

  private static Sheet.Sent sent(Section one) {
    var sent = one.optionalSection("sent");
    var unit = sent.flatMap(section -> section.optionalText("unit")).orElse("");
    var scale = sent.flatMap(section -> section.decimal("scale")).orElse(BigDecimal.ONE);
    var offset = sent.flatMap(section -> section.decimal("offset")).orElse(BigDecimal.ZERO);
    sent.ifPresent(Section::done);
    if (scale.signum() == 0) {
      one.problemAt("sent", "sent: expected a scale other than 0");
      return Sheet.Sent.PLAINLY;
    }
    return new Sheet.Sent(unit, scale, offset);
  }
}
