package io.medtwin.driver.declared;

import io.medtwin.driver.declared.Field.AbsentField;
import io.medtwin.driver.declared.Field.AlertField;
import io.medtwin.driver.declared.Field.DeviceField;
import io.medtwin.driver.declared.Field.EventField;
import io.medtwin.driver.declared.Field.FlagField;
import io.medtwin.driver.declared.Field.IdentityField;
import io.medtwin.driver.declared.Field.ReadingField;
import io.medtwin.driver.declared.Field.TimeField;
import io.medtwin.driver.declared.Field.WaveField;
import io.medtwin.spi.Absent;
import io.medtwin.spi.Absent.Reason;
import io.medtwin.spi.DeviceEvent;
import io.medtwin.spi.DeviceTime;
import io.medtwin.spi.Identity;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Samples;
import io.medtwin.spi.Value;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One line, frame or value read with the fields of its section: everything it says, before anything
 * is emitted. Pure.
 */
final class Extraction {

  /** An alarm condition as this line states it. */
  record Condition(AlertField field, boolean on) {}

  /** A reading with what decides how often it is told. */
  record Found(ReadingField field, Reading reading) {}

  /** Samples of one frame. */
  record Wave(WaveField field, int[] counts) {}

  /** A state of the line that concerns readings. */
  private record Mark(Reading.@Nullable Flag flag, @Nullable Reason reason, Set<String> of) {

    boolean concerns(String parameter) {
      return of.isEmpty() || of.contains(parameter);
    }
  }

  private final Content content;
  private final List<Found> found = new ArrayList<>();
  private final List<Wave> waves = new ArrayList<>();
  private final List<Condition> conditions = new ArrayList<>();
  private final List<DeviceEvent> events = new ArrayList<>();
  private final List<Mark> marks = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private @Nullable String device;
  private boolean deviceExpected;
  private boolean timeUnread;
  private @Nullable DeviceTime time;
  private @Nullable Identity identity;

  private Extraction(Content content) {
    this.content = content;
  }

  static Extraction of(Section section, Content content) {
    var extraction = new Extraction(content);
    section.fields().forEach(extraction::take);
    return extraction;
  }

  private void take(Field field) {
    deviceExpected |= field instanceof DeviceField;
    if (!content.holds(field.conditions())) {
      return;
    }
    if (field instanceof WaveField wave) {
      wave(wave);
      return;
    }
    var raw = content.find(field.source()).orElse(null);
    if (raw == null) {
      return;
    }
    switch (field) {
      case ReadingField reading -> {
        var value = ReadingValue.of(reading, raw, content);
        found.add(new Found(reading, value.reading()));
        complain(value.complaint());
      }
      case AlertField alert -> {
        var on = judge(alert.code(), alert.check(), raw);
        if (on != null) {
          conditions.add(new Condition(alert, on));
        }
      }
      case EventField event -> {
        if (Boolean.TRUE.equals(judge(event.code(), event.check(), raw))) {
          events.add(new DeviceEvent(event.code(), eventText(event, raw), null));
        }
      }
      case FlagField flag -> {
        if (Boolean.TRUE.equals(judge("flag", flag.check(), raw))) {
          marks.add(new Mark(flag.flag(), null, flag.of()));
        }
      }
      case AbsentField absent -> {
        if (Boolean.TRUE.equals(judge("absent", absent.check(), raw))) {
          marks.add(new Mark(null, absent.reason(), absent.of()));
        }
      }
      case DeviceField _ -> {
        var text = Check.text(raw);
        device = text == null || !isName(text) ? null : text;
      }
      case TimeField when -> time(when, raw);
      case IdentityField fact -> identity(fact, raw);
      case WaveField _ -> {}
    }
  }

  private @Nullable Boolean judge(String name, Check check, Raw raw) {
    var state = check.judge(raw).orElse(null);
    if (state == null && !isEmpty(raw)) {
      complain(name + ": expected a word for on or off");
    }
    return state;
  }

  private static String eventText(EventField event, Raw raw) {
    boolean any = event.check() instanceof Check.Switch(var on, _) && on.contains(Check.ANY);
    var text = any ? Check.text(raw) : null;
    return text == null || !isName(text) ? "" : text;
  }

  private void time(TimeField field, Raw raw) {
    var text = Check.text(raw);
    if (text == null || text.isEmpty()) {
      return;
    }
    try {
      time = new DeviceTime.Local(LocalDateTime.parse(text, field.pattern()));
    } catch (DateTimeException e) {
      timeUnread = true;
    }
  }

  private void identity(IdentityField field, Raw raw) {
    var said = Check.text(raw);
    var text = said == null ? "" : ReadingValue.trim(said, field.trim());
    if (!text.isEmpty() && isName(text) && text.chars().anyMatch(Character::isLetterOrDigit)) {
      identity =
          identity == null
              ? Identity.of(field.attribute(), text)
              : identity.with(field.attribute(), text);
    }
  }

  private void wave(WaveField field) {
    if (!(content instanceof OctetContent(var octets))) {
      return;
    }
    var type = field.source().type();
    int room = octets.remaining() - field.source().offset() - type.octets();
    int there = room < 0 ? 0 : room / field.step() + 1;
    int count = field.count() == 0 ? Math.min(there, FieldParser.MAX_SAMPLES) : field.count();
    if (count == 0 || count > there) {
      complain(field.parameter() + ": expected more samples");
      return;
    }
    var counts = new int[count];
    for (int i = 0; i < count; i++) {
      int value = type.countAt(octets, field.source().offset() + i * field.step());
      boolean missing = value == Samples.MISSING || field.missing().contains(value);
      counts[i] = missing ? Samples.MISSING : value;
    }
    waves.add(new Wave(field, counts));
  }

  private void complain(@Nullable String complaint) {
    if (complaint != null) {
      complaints.add(complaint);
    }
  }

  private static boolean isEmpty(Raw raw) {
    return raw instanceof Raw.Said(var text) && text.isEmpty();
  }

  /** Whether it is a short printable text. */
  private static boolean isName(String text) {
    return !text.isBlank()
        && text.length() <= ReadingValue.MAX_TEXT
        && text.chars().allMatch(c -> c >= ' ' && c < 0x7F);
  }

  /** Whether it names the device, or its declaration does not say that it should. */
  boolean isForADevice() {
    return !deviceExpected || device != null;
  }

  /** Whether a time stands where one should, and does not read as one. */
  boolean isTimeUnread() {
    return timeUnread;
  }

  /** Id of the device behind the line, or null. */
  @Nullable String device() {
    return device;
  }

  /** The device's time of the line, or null. */
  @Nullable DeviceTime time() {
    return time;
  }

  /** Facts about the device, or null. */
  @Nullable Identity identity() {
    return identity;
  }

  /** Readings with their marks and the time of the line, in order. */
  List<Found> readings() {
    return found.stream().map(this::marked).toList();
  }

  List<Wave> waves() {
    return List.copyOf(waves);
  }

  List<Condition> conditions() {
    return List.copyOf(conditions);
  }

  List<DeviceEvent> events() {
    return events.stream().map(event -> new DeviceEvent(event.code(), event.text(), time)).toList();
  }

  /** What could not be read as its field says; the same few texts again and again. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Whether a state can say more: a number that it withdraws, or nothing without a reason. */
  private static boolean isOpen(Value value) {
    return value instanceof Numeric
        || (value instanceof Absent(var reason) && reason == Reason.NOT_AVAILABLE);
  }

  /** A state that withdraws a number wins over the number beside it; the first one that does. */
  private Found marked(Found one) {
    var reading = one.reading().at(time);
    for (var mark : marks) {
      if (mark.concerns(reading.parameter())) {
        if (mark.flag() != null) {
          reading = reading.with(mark.flag());
        }
        boolean named =
            mark.of().contains(reading.parameter()) && !(reading.value() instanceof Absent);
        if (mark.reason() != null && (named || isOpen(reading.value()))) {
          reading =
              new Reading(
                  reading.parameter(), new Absent(mark.reason()), reading.flags(), reading.time());
        }
      }
    }
    return new Found(one.field(), reading);
  }
}
