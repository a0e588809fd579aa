package io.medtwin.twin.snapshot;

import io.medtwin.journal.Received;
import io.medtwin.journal.json.LineJson;
import io.medtwin.spi.Alert;
import io.medtwin.spi.Identity;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Report;
import io.medtwin.twin.backend.Patch;
import io.medtwin.twin.clock.ClockQuality;
import io.medtwin.twin.clock.ClockStatus;
import io.medtwin.twin.normalizer.Finding.AlertChange;
import io.medtwin.twin.normalizer.Finding.Mode;
import io.medtwin.twin.normalizer.Finding.Unmapped;
import io.medtwin.twin.normalizer.Flags;
import io.medtwin.twin.normalizer.Validity;
import io.medtwin.twin.profile.Metric;
import io.medtwin.twin.profile.Profile;
import io.medtwin.twin.state.ActiveAlert;
import io.medtwin.twin.state.LinkState;
import io.medtwin.twin.state.Property;
import io.medtwin.twin.state.Twin;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A twin as members and back. Waveforms are not in it: after a restart no link is open, so none
 * runs. A metric that the profile no longer has is left out. Pure functions.
 */
public final class TwinFields {

  private TwinFields() {}

  /** Key of a metric in a saved state. */
  public static String key(Metric metric) {
    return metric.place();
  }

  /** As members. */
  public static Patch write(Twin twin) {
    var properties = new Fields();
    for (Metric metric : twin.profile().metrics()) {
      twin.property(metric).ifPresent(property -> properties.put(key(metric), write(property)));
    }
    var identity = new Fields();
    twin.identity().forEach((attribute, text) -> identity.put(attribute.name(), text));
    return new Fields()
        .put("properties", properties.patch())
        .put("unmapped", twin.unmapped().values(), TwinFields::unmapped)
        .put("alerts", twin.alerts().values(), TwinFields::alert)
        .put("identity", identity.patch())
        .put("status", twin.link().status().name())
        .put("since", twin.link().since())
        .put("why", twin.link().why())
        .patch();
  }

  /**
   * From members.
   *
   * @param forgotten metrics whose value means something else now, and is left out
   */
  public static Twin read(Patch patch, Profile profile, Collection<Metric> forgotten)
      throws IOException {
    var fields = Fields.of(patch);
    var properties = new Property[profile.metrics().size()];
    var saved = fields.fields("properties");
    for (Metric metric : profile.metrics()) {
      if (!forgotten.contains(metric)) {
        properties[metric.index()] = property(saved.object(key(metric)));
      }
    }
    var unmapped = new LinkedHashMap<String, Unmapped>();
    for (Patch item : fields.list("unmapped")) {
      var parameter = unmapped(Fields.of(item));
      if (!isPlaced(parameter.parameter(), profile)) {
        unmapped.put(parameter.parameter(), parameter);
      }
    }
    var alerts = new LinkedHashMap<String, ActiveAlert>();
    for (Patch item : fields.list("alerts")) {
      var alert = alert(Fields.of(item));
      alerts.put(alert.last().alert().occurrence(), alert);
    }
    var identity = identity(patch);
    var link =
        new LinkState(
            LinkState.Status.valueOf(fields.text("status")),
            fields.timeOf("since"),
            fields.text("why"));
    return Twin.of(profile, properties, unmapped, alerts, identity, link);
  }

  /** Parameters that are unmapped in the members of a twin, and are not under this profile. */
  public static List<String> placed(Patch patch, Profile profile) throws IOException {
    var placed = new ArrayList<String>();
    for (Patch item : Fields.of(patch).list("unmapped")) {
      var parameter = unmapped(Fields.of(item)).parameter();
      if (isPlaced(parameter, profile)) {
        placed.add(parameter);
      }
    }
    return placed;
  }

  private static boolean isPlaced(String parameter, Profile profile) {
    return profile.metric(parameter) != null || profile.isWithheld(parameter);
  }

  /** What the device told of itself, from the members of its twin. */
  public static Map<Identity.Attribute, String> identity(Patch patch) {
    Map<Identity.Attribute, String> identity = new EnumMap<>(Identity.Attribute.class);
    Fields.of(patch)
        .object("identity")
        .members()
        .forEach((name, text) -> identity.put(Identity.Attribute.valueOf(name), (String) text));
    return identity;
  }

  /** A property as members; empty where there is none. */
  public static Patch write(@Nullable Property property) {
    if (property == null) {
      return Patch.EMPTY;
    }
    return new Fields()
        .put("value", property.value())
        .put("bound", (Object) property.bound())
        .put("validity", property.validity().name())
        .put("flags", (long) property.flags().bits())
        .put("stale", property.stale())
        .put("mode", property.mode().name())
        .put("observedAt", property.observedAt())
        .put("receivedAt", property.receivedAt())
        .put("clock", property.clock() == ClockQuality.GATEWAY ? "" : property.clock().name())
        .patch();
  }

  /** A property from members, or null where there are none. */
  public static @Nullable Property property(Patch patch) {
    if (patch.isEmpty()) {
      return null;
    }
    var fields = Fields.of(patch);
    return new Property(
        fields.value("value"),
        fields.value("bound") instanceof BigDecimal bound ? bound : null,
        Validity.valueOf(fields.text("validity")),
        Flags.of(fields.number("flags")),
        fields.is("stale"),
        Mode.valueOf(fields.text("mode")),
        fields.timeOf("observedAt"),
        fields.timeOf("receivedAt"),
        fields.has("clock") ? ClockQuality.valueOf(fields.text("clock")) : ClockQuality.GATEWAY);
  }

  /** What is known of a clock as members; empty where nothing is. */
  public static Patch write(@Nullable ClockStatus clock) {
    if (clock == null) {
      return Patch.EMPTY;
    }
    return new Fields()
        .put("quality", clock.quality().name())
        .put("offset", text(clock.offsetMillis()))
        .put("uncertainty", clock.uncertaintyMillis())
        .put("anchoredAt", clock.anchoredAt())
        .put("timeline", (long) clock.timeline())
        .put("drift", text(clock.driftPpm()))
        .put("asOf", clock.asOf())
        .patch();
  }

  /** What is known of a clock from members, or null where there are none. */
  public static @Nullable ClockStatus clock(Patch patch) {
    if (patch.isEmpty()) {
      return null;
    }
    var fields = Fields.of(patch);
    return new ClockStatus(
        ClockQuality.valueOf(fields.text("quality")),
        number(fields.text("offset")),
        fields.number("uncertainty"),
        fields.time("anchoredAt"),
        (int) fields.number("timeline"),
        number(fields.text("drift")),
        fields.timeOf("asOf"));
  }

  private static String text(@Nullable Long number) {
    return number == null ? "" : number.toString();
  }

  private static @Nullable Long number(String text) {
    return text.isEmpty() ? null : Long.valueOf(text);
  }

  private static Patch unmapped(Unmapped parameter) {
    var reading = Reading.of(parameter.parameter(), parameter.value());
    return new Fields()
        .put("report", text(reading))
        .put("observedAt", parameter.observedAt())
        .patch();
  }

  private static Unmapped unmapped(Fields fields) throws IOException {
    if (report(fields.text("report")) instanceof Reading reading) {
      return new Unmapped(reading.parameter(), reading.value(), fields.timeOf("observedAt"));
    }
    throw new IOException("expected a reading");
  }

  private static Patch alert(ActiveAlert alert) {
    return new Fields()
        .put("report", text(alert.last().alert()))
        .put("event", (long) alert.last().event())
        .put("text", alert.last().text())
        .put("observedAt", alert.last().observedAt())
        .put("startedAt", alert.startedAt())
        .patch();
  }

  private static ActiveAlert alert(Fields fields) throws IOException {
    if (report(fields.text("report")) instanceof Alert alert) {
      var change =
          new AlertChange(
              alert,
              (int) fields.number("event"),
              fields.text("text"),
              fields.timeOf("observedAt"));
      return new ActiveAlert(change, fields.timeOf("startedAt"));
    }
    throw new IOException("expected an alert");
  }

  /** A report as text. */
  public static String text(Report report) {
    var line = new LineJson().write(List.of(new Received("", report, Instant.EPOCH, 0)));
    return new String(line, StandardCharsets.UTF_8);
  }

  /**
   * A report from its text.
   *
   * @throws IOException it is none
   */
  public static Report report(String text) throws IOException {
    return new LineJson().read("", Instant.EPOCH, 0, text).getFirst().report();
  }
}
