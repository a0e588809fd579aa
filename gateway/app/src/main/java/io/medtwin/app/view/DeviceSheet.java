package io.medtwin.app.view;

import io.medtwin.spi.Identity.Attribute;
import io.medtwin.twin.identity.Identifier;
import io.medtwin.twin.identity.Sighting;
import io.medtwin.twin.keeper.DeviceReader.Told;
import io.medtwin.twin.ledger.Balance;
import io.medtwin.twin.normalizer.Finding.Unmapped;
import io.medtwin.twin.outbox.Outbox.Standing;
import io.medtwin.twin.profile.Metric;
import io.medtwin.twin.state.ActiveAlert;
import io.medtwin.twin.state.Freshness;
import io.medtwin.twin.state.Property;
import io.medtwin.twin.state.ValueText;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Everything that is known of one device, as text. Pure. */
public final class DeviceSheet {

  private static final int MOST_CHARS = 40;
  private static final List<Attribute> OTHER_FACTS =
      List.of(
          Attribute.FIRMWARE,
          Attribute.HARDWARE,
          Attribute.SOFTWARE,
          Attribute.PROTOCOL,
          Attribute.MANUFACTURER,
          Attribute.MODEL);

  private DeviceSheet() {}

  /** The lines. */
  public static List<String> lines(Told device, GatewayLife life) {
    var lines = new ArrayList<String>();
    var profile = device.twin().profile();
    lines.add(life.line());
    fact(
        lines,
        device.view().device(),
        profile.model().manufacturer()
            + " "
            + profile.model().name()
            + ", profile "
            + profile
            + ", driver "
            + device.facts().driver());
    fact(lines, "thing", device.facts().thingId());
    fact(
        lines, "link", link(device, life) + "; last heard " + ago(device.view().lastHeard(), life));
    fact(
        lines,
        "acknowledged",
        ago(device.view().acknowledgedAt(), life)
            + ", epoch "
            + device.account().epoch()
            + ", seq "
            + device.account().seq()
            + (isFenced(device) ? "; another gateway owns it" : ""));
    identity(lines, device);
    values(lines, device, life);
    alerts(lines, device);
    counts(lines, device);
    return lines;
  }

  private static String link(Told device, GatewayLife life) {
    var link = device.view().link();
    var word = DeviceList.link(device, life);
    if (!word.equals(link.status().word())) {
      return word + ", the gateway does not run";
    }
    return word + " since " + link.since() + (link.why().isEmpty() ? "" : ", " + link.why());
  }

  /** Word for how far a value may be taken for now; not known while the gateway does not run. */
  public static String freshness(Told device, Property property, GatewayLife life) {
    return property.stale() || life.isRunning()
        ? Freshness.of(property, null, device.twin().link().status()).word()
        : "unknown";
  }

  /** Whether another gateway has taken the device over, so that nothing of it is told any more. */
  public static boolean isFenced(Told device) {
    return device.view().standing() == Standing.FENCED;
  }

  /** Parameters without a place in the profile, with a line for each to paste into it. */
  public static List<String> unmapped(Told device, GatewayLife life, LineProposal proposal) {
    if (device.twin().unmapped().isEmpty()) {
      return List.of("every parameter that " + device.view().device() + " says has its place");
    }
    var table = new Columns("UNMAPPED", "LAST", "UNIT", "COUNT", "HEARD");
    var proposals = new ArrayList<String>();
    for (Unmapped parameter : device.twin().unmapped().values()) {
      table.row(
          parameter.parameter(),
          Columns.clipped(ValueText.of(parameter.value()), MOST_CHARS),
          ValueText.unitOf(parameter.value()),
          String.valueOf(device.unplaced().getOrDefault(parameter.parameter(), 1L)),
          Columns.ago(parameter.observedAt(), life.now()));
      proposals.add("    " + proposal.suggestLine(parameter.parameter(), parameter.value()));
    }
    var lines = new ArrayList<>(table.lines());
    lines.add("");
    lines.add(
        "To give them a place, paste under a channel of the profile "
            + device.twin().profile().id()
            + ":");
    lines.addAll(proposals);
    return lines;
  }

  private static void identity(List<String> lines, Told device) {
    aliases(device)
        .forEach(
            (identifier, sources) ->
                fact(lines, "identity", identifier.text() + "  by " + String.join(", ", sources)));
    var told = device.twin().identity();
    for (Attribute attribute : OTHER_FACTS) {
      if (told.containsKey(attribute)) {
        fact(lines, attribute.name().toLowerCase(Locale.ROOT), told.get(attribute));
      }
    }
    if (!device.doubt().isEmpty()) {
      fact(lines, "conflict", device.doubt());
    }
  }

  /** Every identifier of a device with the sources that saw it, strongest first. */
  public static Map<Identifier, Set<String>> aliases(Told device) {
    var aliases = new TreeMap<Identifier, Set<String>>(Identifier.STRONGEST_FIRST);
    for (Sighting sighting : device.sightings()) {
      for (Identifier identifier : sighting.identifiers()) {
        aliases.computeIfAbsent(identifier, unused -> new TreeSet<>()).add(sighting.source());
      }
    }
    return aliases;
  }

  private static void values(List<String> lines, Told device, GatewayLife life) {
    var table = new Columns("VALUE", "NOW", "UNIT", "VALIDITY", "FRESHNESS", "OBSERVED");
    for (Metric metric : device.twin().profile().metrics()) {
      device
          .twin()
          .property(metric)
          .ifPresent(
              property ->
                  table.row(
                      metric.channel() + "." + metric.name(),
                      Columns.clipped(value(property.value()), MOST_CHARS),
                      metric.unit(),
                      property.validityWord(),
                      freshness(device, property, life),
                      Columns.ago(property.observedAt(), life.now())));
    }
    if (!table.isEmpty()) {
      lines.add("");
      lines.addAll(table.lines());
    }
  }

  private static void alerts(List<String> lines, Told device) {
    var table = new Columns("ALERT", "PRIORITY", "TEXT", "SINCE");
    for (ActiveAlert alert : device.twin().alerts().values()) {
      table.row(
          alert.last().alert().code(),
          alert.last().alert().priority().name().toLowerCase(Locale.ROOT),
          Columns.clipped(alert.last().text(), MOST_CHARS),
          alert.startedAt().toString());
    }
    if (!table.isEmpty()) {
      lines.add("");
      lines.addAll(table.lines());
    }
  }

  private static void counts(List<String> lines, Told device) {
    Balance total = device.account().total();
    lines.add("");
    lines.add(
        total.received()
            + " reports: "
            + total.delivered()
            + " delivered, "
            + total.coalesced()
            + " coalesced, "
            + total.pending()
            + " pending, "
            + total.rejected()
            + " rejected, "
            + total.expired()
            + " expired; "
            + device.twin().unmapped().size()
            + " parameters without a place"
            + (device.twin().unmapped().isEmpty() ? "" : " (--unmapped)"));
  }

  private static void fact(List<String> lines, String name, String text) {
    lines.add(String.format(Locale.ROOT, "%-16s %s", name, text));
  }

  private static String ago(@Nullable Instant then, GatewayLife life) {
    return then == null ? "never" : Columns.ago(then, life.now()) + " ago";
  }

  private static String value(@Nullable Object value) {
    return value == null
        ? "–"
        : value instanceof BigDecimal number ? number.toPlainString() : value.toString();
  }
}
