package io.medtwin.driver.jsonfields;

import io.medtwin.driver.internal.json.Json;
import io.medtwin.driver.jsonfields.Field.AlertField;
import io.medtwin.driver.jsonfields.Field.DeviceField;
import io.medtwin.driver.jsonfields.Field.EventField;
import io.medtwin.driver.jsonfields.Field.IdentityField;
import io.medtwin.driver.jsonfields.Field.IgnoredField;
import io.medtwin.driver.jsonfields.Field.PresenceField;
import io.medtwin.driver.jsonfields.Field.ReadingField;
import io.medtwin.driver.jsonfields.Field.Switch;
import io.medtwin.driver.jsonfields.Field.TimeField;
import io.medtwin.driver.jsonfields.FieldPath.Found;
import io.medtwin.spi.DeviceEvent;
import io.medtwin.spi.DeviceTime;
import io.medtwin.spi.Identity;
import io.medtwin.spi.Presence;
import io.medtwin.spi.Reading;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One message read with a list of fields: everything it says, before anything is emitted. Pure. */
final class Extraction {

  /** An alarm condition as this message states it. */
  record Condition(AlertField field, boolean on) {}

  private static final Pattern MAC = Pattern.compile("[0-9A-Fa-f]{2}(?:[:-]?[0-9A-Fa-f]{2}){5}");

  private final Json root;
  private final Set<FieldPath> known = new HashSet<>();
  private final List<Reading> readings = new ArrayList<>();
  private final List<Condition> conditions = new ArrayList<>();
  private final List<DeviceEvent> events = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private @Nullable String device;
  private boolean deviceBehindHub;
  private boolean deviceExpected;
  private @Nullable DeviceTime time;
  private @Nullable Presence presence;
  private @Nullable Identity identity;

  private Extraction(Json root) {
    this.root = root;
  }

  static Extraction of(FieldMap map, Json root) {
    var extraction = new Extraction(root);
    map.fields().forEach(extraction::take);
    return extraction;
  }

  private void take(Field field) {
    deviceExpected |= field instanceof DeviceField;
    var condition = field.condition();
    if (condition != null && !holds(condition)) {
      return;
    }
    var found = field.path().in(root).orElse(null);
    if (found == null) {
      return;
    }
    boolean whole = !(found.value() instanceof Json.Obj || found.value() instanceof Json.Arr);
    if (whole || field instanceof IgnoredField) {
      known.add(found.path());
    }
    switch (field) {
      case ReadingField reading -> reading(reading, found);
      case AlertField alert ->
          state(alert.code(), found, alert.words())
              .ifPresent(on -> conditions.add(new Condition(alert, on)));
      case EventField event -> event(event, found);
      case PresenceField there ->
          state("presence", found, there.words())
              .ifPresent(on -> presence = new Presence(on, Words.of(found.value()).orElse("")));
      case DeviceField id -> device(id, found);
      case TimeField when -> time(when, found);
      case IdentityField fact -> identity(fact, found);
      case IgnoredField _ -> {}
    }
  }

  private void reading(ReadingField field, Found found) {
    var value = FieldValue.of(field, found.value(), root);
    readings.add(value.reading());
    complain(value.complaint());
    if (field.unitPath() != null) {
      field.unitPath().in(root).ifPresent(unit -> known.add(unit.path()));
    }
  }

  private void event(EventField field, Found found) {
    if (state(field.code(), found, field.words()).orElse(false)) {
      boolean any = field.words().on().contains(Switch.ANY);
      var text = any ? Words.of(found.value()).orElse("") : "";
      events.add(new DeviceEvent(field.code(), text, null));
    }
  }

  private void device(DeviceField field, Found found) {
    var word = Words.of(found.value()).filter(text -> !text.isEmpty());
    device = field.mac() ? word.flatMap(Extraction::mac).orElse(null) : word.orElse(null);
    deviceBehindHub = field.behindHub();
  }

  private void time(TimeField field, Found found) {
    if (time != null) {
      return;
    }
    var read = FieldTime.of(field, found.value());
    time = read.orElse(null);
    if (read.isEmpty()) {
      complain("time: expected " + field.format().name().toLowerCase(Locale.ROOT));
    }
  }

  private void identity(IdentityField field, Found found) {
    var text = Words.of(found.value()).filter(word -> !word.isBlank());
    if (text.isPresent()) {
      identity =
          identity == null
              ? Identity.of(field.attribute(), text.get())
              : identity.with(field.attribute(), text.get());
    }
  }

  private Optional<Boolean> state(String name, Found found, Switch words) {
    var state = Words.state(found.value(), words);
    if (state.isEmpty() && found.value() != Json.Null.NULL) {
      complain(name + ": expected a word for on or off");
    }
    return state;
  }

  private boolean holds(Field.Condition condition) {
    return condition
        .path()
        .in(root)
        .filter(found -> Words.matches(found.value(), condition.word()))
        .map(
            found -> {
              known.add(found.path());
              return true;
            })
        .orElse(false);
  }

  private void complain(@Nullable String complaint) {
    if (complaint != null) {
      complaints.add(complaint);
    }
  }

  /** Whether a text is a MAC address in one of its spellings. */
  static boolean isMac(String text) {
    return MAC.matcher(text).matches();
  }

  private static Optional<String> mac(String text) {
    if (!isMac(text)) {
      return Optional.empty();
    }
    var octets = HexFormat.of().parseHex(text.replaceAll("[:-]", ""));
    return Optional.of(HexFormat.ofDelimiter(":").withUpperCase().formatHex(octets));
  }

  /** Id in the content, or null. */
  @Nullable String device() {
    return device;
  }

  /** Whether the id in the content counts although the transport names another device. */
  boolean isDeviceBehindHub() {
    return deviceBehindHub;
  }

  /** Whether the list of fields says that the content names the device. */
  boolean isDeviceExpected() {
    return deviceExpected;
  }

  /** Readings of fields, in order, with the time of the message. */
  List<Reading> readings() {
    return readings.stream().map(reading -> reading.at(time)).toList();
  }

  /** Alarm conditions, on or off. */
  List<Condition> conditions() {
    return List.copyOf(conditions);
  }

  /** What happened, with the time of the message. */
  List<DeviceEvent> events() {
    return events.stream().map(event -> new DeviceEvent(event.code(), event.text(), time)).toList();
  }

  /** What could not be read as its field says; the same few texts again and again. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** The device's time of the message, or null. */
  @Nullable DeviceTime time() {
    return time;
  }

  /** Whether the device is there, or null if the message does not say. */
  @Nullable Presence presence() {
    return presence;
  }

  /** Facts about the device, or null. */
  @Nullable Identity identity() {
    return identity;
  }

  /** What no field asked for. */
  UnknownValues unknown() {
    return UnknownValues.in(root, known);
  }
}
