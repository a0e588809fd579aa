package io.medtwin.console.api;

import io.medtwin.console.json.JsonWriter;
import io.medtwin.console.line.GatewayLine;
import io.medtwin.spi.Identity.Attribute;
import io.medtwin.spi.Numeric;
import io.medtwin.twin.clock.ClockStatus;
import io.medtwin.twin.identity.Identifier;
import io.medtwin.twin.identity.Sighting;
import io.medtwin.twin.keeper.AlertSpan;
import io.medtwin.twin.keeper.DeviceReader.Told;
import io.medtwin.twin.normalizer.Finding.Unmapped;
import io.medtwin.twin.outbox.Identities;
import io.medtwin.twin.profile.Metric;
import io.medtwin.twin.state.Freshness;
import io.medtwin.twin.state.Property;
import io.medtwin.twin.state.ValueText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Everything that is known of one device. */
public final class DetailJson {

  private DetailJson() {}

  /** The device as an object. */
  public static byte[] of(Told device, GatewayLine line, Instant now) {
    var id = device.view().device();
    var past = line.pastAlerts(id);
    return JsonWriter.object(
        out -> {
          DeviceJson.members(out, device.view(), now);
          head(out, device);
          clock(out, device.view().clock());
          details(out, device);
          waves(out, device);
          unmapped(out, device, line);
          out.list("alertHistory", past, DetailJson::pastAlert)
              .object("ledger", ledger -> LedgerJson.balance(ledger, device.account().total()))
              .list("gaps", device.account().gaps(), LedgerJson::gap);
          battery(out, device);
        });
  }

  private static void head(JsonWriter out, Told device) {
    var profile = device.twin().profile();
    out.text("class", profile.model().deviceClass())
        .text("manufacturer", profile.model().manufacturer())
        .text("driver", device.facts().driver())
        .text("profileVersion", profile.version())
        .object(
            "identity",
            identity ->
                identity(device).forEach((fact, text) -> identity.text(Identities.key(fact), text)))
        .list(
            "aliases",
            aliases(device).entrySet(),
            (each, alias) ->
                each.text("identifier", alias.getKey().text()).texts("sources", alias.getValue()))
        .text("conflict", device.doubt());
  }

  private static Map<Attribute, String> identity(Told device) {
    var facts = new EnumMap<Attribute, String>(Attribute.class);
    facts.putAll(Identities.configured(device.facts().attributes()));
    facts.putAll(device.twin().identity());
    return facts;
  }

  private static Map<Identifier, Set<String>> aliases(Told device) {
    var aliases = new TreeMap<Identifier, Set<String>>(Identifier.STRONGEST_FIRST);
    for (Sighting sighting : device.sightings()) {
      for (Identifier identifier : sighting.identifiers()) {
        aliases.computeIfAbsent(identifier, _ -> new TreeSet<>()).add(sighting.source());
      }
    }
    return aliases;
  }

  private static void clock(JsonWriter out, @Nullable ClockStatus known) {
    if (known == null) {
      out.nothing("clock");
      return;
    }
    out.object(
        "clock",
        members ->
            members
                .text("quality", known.quality().word())
                .whole("offsetMs", known.offsetMillis())
                .number("uncertaintyMs", known.uncertaintyMillis())
                .number("timeline", known.timeline())
                .whole("driftPpm", known.driftPpm()));
  }

  private static void details(JsonWriter out, Told device) {
    var known = new ArrayList<Metric>();
    for (Metric metric : device.twin().profile().metrics()) {
      if (device.twin().property(metric).isPresent()) {
        known.add(metric);
      }
    }
    out.list(
        "details",
        known,
        (each, metric) ->
            detail(each, device, metric, device.twin().property(metric).orElseThrow()));
  }

  private static void detail(JsonWriter out, Told device, Metric metric, Property property) {
    var link = device.twin().link().status();
    out.text("name", name(metric))
        .number("code", metric.code())
        .value("value", property.value())
        .text("text", ValueText.ofProperty(property.value()))
        .text("unit", metric.unit())
        .text("validity", property.validityWord())
        .texts("flags", flags(property))
        .text("freshness", Freshness.of(property, null, link).word())
        .text("mode", property.mode().name().toLowerCase(Locale.ROOT))
        .time("observedAt", property.observedAt())
        .time("receivedAt", property.receivedAt());
  }

  private static List<String> flags(Property property) {
    var words = property.flags().words(property.validity());
    return words.isEmpty() ? List.of() : List.of(words.split(" ", -1));
  }

  private static void waves(JsonWriter out, Told device) {
    var known = new ArrayList<Metric>();
    for (Metric metric : device.twin().profile().metrics()) {
      if (device.twin().wave(metric).isPresent()) {
        known.add(metric);
      }
    }
    out.list(
        "waves",
        known,
        (each, metric) -> {
          var wave = device.twin().wave(metric).orElseThrow();
          each.text("name", name(metric))
              .text("unit", metric.unit())
              .number("rate", wave.ratePerSecond())
              .number("gain", wave.gain())
              .number("offset", wave.offset());
        });
  }

  private static void unmapped(JsonWriter out, Told device, GatewayLine line) {
    out.list(
        "unmappedParameters",
        device.twin().unmapped().values(),
        (each, parameter) -> unmapped(each, device, line, parameter));
  }

  private static void unmapped(JsonWriter out, Told device, GatewayLine line, Unmapped parameter) {
    var name = parameter.parameter();
    out.text("parameter", name)
        .value(
            "value",
            parameter.value() instanceof Numeric number
                ? number.amount()
                : ValueText.of(parameter.value()))
        .text("unit", ValueText.unitOf(parameter.value()))
        .number("count", device.unplaced().getOrDefault(name, 1L))
        .time("observedAt", parameter.observedAt())
        .text("line", line.profileLine(name, parameter.value()));
  }

  private static void pastAlert(JsonWriter out, AlertSpan alert) {
    out.text("code", alert.code())
        .text("text", alert.text())
        .text("priority", alert.priority().name().toLowerCase(Locale.ROOT))
        .time("startedAt", alert.startedAt())
        .time("endedAt", alert.endedAt());
  }

  /** The property {@code battery} or {@code batteryLevel}, or {@code level} of a battery. */
  private static void battery(JsonWriter out, Told device) {
    for (Metric metric : device.twin().profile().metrics()) {
      var property = device.twin().property(metric).orElse(null);
      if (property != null && isBattery(metric)) {
        out.object(
            "battery",
            battery ->
                battery
                    .text("text", ValueText.ofProperty(property.value()))
                    .text("unit", metric.unit()));
        return;
      }
    }
    out.nothing("battery");
  }

  private static boolean isBattery(Metric metric) {
    return metric.name().equals("battery")
        || metric.name().equals("batteryLevel")
        || metric.parameter().equals("battery-level");
  }

  private static String name(Metric metric) {
    return metric.channel() + "." + metric.name();
  }
}
