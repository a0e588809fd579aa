package io.medtwin.twin.outbox;

import io.medtwin.spi.Absent;
import io.medtwin.spi.Coded;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Samples;
import io.medtwin.spi.Text;
import io.medtwin.twin.backend.Patch;
import io.medtwin.twin.clock.ClockQuality;
import io.medtwin.twin.clock.ClockStatus;
import io.medtwin.twin.ledger.Gap;
import io.medtwin.twin.normalizer.Finding.AlertChange;
import io.medtwin.twin.normalizer.Finding.Mode;
import io.medtwin.twin.normalizer.Finding.Occurrence;
import io.medtwin.twin.normalizer.Finding.Unmapped;
import io.medtwin.twin.normalizer.Finding.Wave;
import io.medtwin.twin.profile.Metric;
import io.medtwin.twin.profile.Profile;
import io.medtwin.twin.state.ActiveAlert;
import io.medtwin.twin.state.Freshness;
import io.medtwin.twin.state.LinkState;
import io.medtwin.twin.state.Property;
import io.medtwin.twin.state.Twin;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes parts of a twin as members of a merge patch: the layout of the thing, in one place. Pure
 * functions.
 */
final class PatchWriter {

  /** Ended alerts and events kept in the twin, as a numbered ring. */
  static final int RING = 10;

  private static final DateTimeFormatter UTC_MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** The feature of parameters without a place. */
  static final String VENDOR = "vendor";

  private PatchWriter() {}

  /** Always UTC, always milliseconds: such texts sort as times. */
  static String time(Instant instant) {
    return UTC_MILLIS.format(instant);
  }

  /**
   * {@code {value, observedAt, validity, freshness}}, and what is out of the ordinary; no value is
   * no key.
   *
   * @param told what the backend has, or null
   */
  static Patch property(Property property, @Nullable Property told, LinkState.Status link) {
    var members = new LinkedHashMap<String, Object>();
    members.put("value", orRemove(property.value()));
    members.put("observedAt", time(property.observedAt()));
    members.put("validity", property.validityWord());
    members.put("freshness", Freshness.of(property, told, link).word());
    optional(members, "bound", property, told, Property::bound);
    optional(members, "decimals", property, told, PatchWriter::decimals);
    optional(members, "mode", property, told, PatchWriter::mode);
    optional(members, "flags", property, told, PatchWriter::flags);
    optional(members, "clock", property, told, PatchWriter::clock);
    return new Patch(members);
  }

  /** A member that is seldom there: removed where it may be left from before. */
  private static void optional(
      Map<String, Object> members,
      String name,
      Property property,
      @Nullable Property told,
      Function<Property, @Nullable Object> member) {
    var value = member.apply(property);
    if (value != null) {
      members.put(name, value);
    } else if (told == null || member.apply(told) != null) {
      members.put(name, Patch.REMOVE);
    }
  }

  /**
   * Decimals of a number, where JSON cannot show them: 5.00 is 5 there. Negative where the number
   * is not known to the unit: -2 of 1200 ± 50.
   */
  private static @Nullable Object decimals(Property property) {
    var number = property.value() instanceof BigDecimal value ? value : property.bound();
    if (number == null) {
      return null;
    }
    int shown = number.signum() == 0 ? 0 : Math.max(0, number.stripTrailingZeros().scale());
    return number.scale() == shown ? null : (Object) (long) number.scale();
  }

  private static @Nullable Object mode(Property property) {
    return property.mode() == Mode.REAL ? null : lower(property.mode());
  }

  private static @Nullable Object flags(Property property) {
    var words = property.flags().words(property.validity());
    return words.isEmpty() ? null : words;
  }

  private static @Nullable Object clock(Property property) {
    return property.clock() == ClockQuality.GATEWAY ? null : property.clock().word();
  }

  /** What is known of the device's clock. */
  static Map<String, Object> clock(ClockStatus clock) {
    var members = new LinkedHashMap<String, Object>();
    boolean has = clock.timeline() > 0;
    var anchoredAt = clock.anchoredAt();
    members.put("quality", clock.quality().word());
    members.put("offsetMs", orRemove(clock.offsetMillis()));
    members.put("uncertaintyMs", has ? (Object) clock.uncertaintyMillis() : Patch.REMOVE);
    members.put("anchoredAt", anchoredAt == null ? Patch.REMOVE : time(anchoredAt));
    members.put("timeline", has ? (Object) (long) clock.timeline() : Patch.REMOVE);
    members.put("driftPpm", orRemove(clock.driftPpm()));
    return members;
  }

  /** A time of which nothing is known. */
  static Patch gap(Gap gap) {
    var members = new LinkedHashMap<String, Object>();
    members.put("from", time(gap.from()));
    members.put("to", time(gap.to()));
    members.put("reason", gap.reason());
    return new Patch(members);
  }

  /** Maintenance: what is missing meanwhile was planned. */
  static Patch maintenance(Outbox.Maintained maintained) {
    var members = new LinkedHashMap<String, Object>();
    members.put("reason", maintained.reason());
    members.put("until", time(maintained.until()));
    return new Patch(members);
  }

  /** Descriptor of a wave: what it is and whether it runs; never a sample. */
  static Patch wave(Metric metric, @Nullable Wave wave) {
    var members = new LinkedHashMap<String, Object>();
    members.put("running", wave != null);
    if (wave != null) {
      if (metric.code() > 0) {
        members.put("code", (long) metric.code());
      }
      members.put("sampleRate", BigDecimal.valueOf(wave.ratePerSecond()).stripTrailingZeros());
      members.put("resolution", BigDecimal.valueOf(wave.gain()));
      members.put("unit", metric.unit());
    }
    return new Patch(members);
  }

  /** A parameter without a place, as the device said it. */
  static Patch unmapped(Unmapped parameter) {
    var members = new LinkedHashMap<String, Object>();
    switch (parameter.value()) {
      case Numeric number -> {
        members.put("value", number.amount());
        members.put("unit", number.unit());
      }
      case Coded coded -> members.put("value", coded.code());
      case Text text -> members.put("value", text.text());
      case Samples samples -> members.put("value", samples.raw().remaining() + " samples");
      case Absent absent -> {
        members.put("value", Patch.REMOVE);
        members.put("absent", absent.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'));
      }
    }
    members.put("observedAt", time(parameter.observedAt()));
    return new Patch(members);
  }

  /** The alerts feature after a word about one alert; {@code ringSlot} takes it where it ended. */
  static Patch alert(Twin after, AlertChange change, @Nullable ActiveAlert ended, int ringSlot) {
    var key = key(change.alert().occurrence());
    var present = after.alerts().get(change.alert().occurrence());
    var members = new LinkedHashMap<String, Object>();
    members.put("highest", highest(after));
    members.put("count", (long) after.alerts().size());
    members.put(
        "active", Patch.of(key, present == null ? Patch.REMOVE : alertEntry(present, null)));
    if (present == null && ended != null) {
      members.put(
          "recent",
          Patch.of(
              "r" + ringSlot,
              alertEntry(
                  ended.last().equals(change) ? ended : new ActiveAlert(change, ended.startedAt()),
                  change.observedAt())));
    }
    return Patch.of("alerts", Patch.of("properties", new Patch(members)));
  }

  /** The events feature after something happened. */
  static Patch event(Occurrence occurrence, int ringSlot) {
    var members = new LinkedHashMap<String, Object>();
    members.put("code", occurrence.event().code());
    if (occurrence.term() > 0) {
      members.put("event", (long) occurrence.term());
    }
    members.put("text", occurrence.text());
    members.put("at", time(occurrence.observedAt()));
    return Patch.of("events", Patch.of("properties", Patch.of("e" + ringSlot, new Patch(members))));
  }

  private static Patch alertEntry(ActiveAlert alert, @Nullable Instant endedAt) {
    var told = alert.last().alert();
    var members = new LinkedHashMap<String, Object>();
    members.put("code", told.code());
    if (alert.last().event() > 0) {
      members.put("event", (long) alert.last().event());
    }
    members.put("text", alert.last().text());
    members.put("kind", lower(told.kind()));
    members.put("priority", lower(told.priority()));
    members.put("phase", lower(told.phase()));
    members.put("presence", endedAt == null ? "active" : "ended");
    if (told.parameter() != null) {
      members.put("source", told.parameter());
    }
    members.put("startedAt", time(alert.startedAt()));
    members.put("changedAt", time(alert.last().observedAt()));
    if (endedAt != null) {
      members.put("endedAt", time(endedAt));
    }
    return new Patch(members);
  }

  private static String highest(Twin twin) {
    return twin.alerts().values().stream()
        .map(alert -> alert.last().alert().priority())
        .min(Comparator.comparingInt(ActiveAlert::rank))
        .map(PatchWriter::lower)
        .orElse("none");
  }

  /**
   * A device's own id as a JSON key: no dots or slashes (JSON pointers, RQL), no leading underscore
   * or dollar sign.
   */
  static String key(String id) {
    var key = id.replaceAll("[^A-Za-z0-9_-]", "-");
    return key.startsWith("_") ? "x" + key : key;
  }

  /** Puts {@code value} at {@code feature/properties/name}. */
  static void put(
      Map<String, Map<String, Object>> features, String feature, String name, Object value) {
    features.computeIfAbsent(feature, unused -> new LinkedHashMap<>()).put(name, value);
  }

  /** Takes away what is told under places that are no more, unless something new is told there. */
  static void remove(Map<String, Map<String, Object>> features, Set<String> gone) {
    for (String place : gone) {
      int slash = place.indexOf('/');
      features
          .computeIfAbsent(place.substring(0, slash), unused -> new LinkedHashMap<>())
          .putIfAbsent(place.substring(slash + 1), Patch.REMOVE);
    }
  }

  /** Takes away whole features of which no place is left. */
  static void removeFeatures(Map<String, Object> features, Set<String> gone, Profile profile) {
    for (String place : gone) {
      var feature = place.substring(0, place.indexOf('/'));
      boolean isOurs = feature.equals(VENDOR);
      if (!isOurs
          && profile.metrics().stream().noneMatch(metric -> feature.equals(feature(metric)))) {
        features.put(feature, Patch.REMOVE);
      }
    }
  }

  /** The feature of a metric: its channel; of a wave, a descriptor's. */
  static String feature(Metric metric) {
    return metric.kind() == Metric.Kind.WAVEFORM ? "wave-" + metric.channel() : metric.channel();
  }

  /** Members of {@code features}. */
  static Patch features(Map<String, Map<String, Object>> features) {
    var members = new LinkedHashMap<String, Object>();
    features.forEach(
        (feature, properties) ->
            members.put(feature, Patch.of("properties", new Patch(properties))));
    return new Patch(members);
  }

  private static Object orRemove(@Nullable Object value) {
    return value == null ? Patch.REMOVE : value;
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
