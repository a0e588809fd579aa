package io.medtwin.driver.philipsintellivue.state;

import io.medtwin.driver.philipsintellivue.wire.AlarmEntry;
import io.medtwin.driver.philipsintellivue.wire.AlertCondition;
import io.medtwin.driver.philipsintellivue.wire.AttributeId;
import io.medtwin.driver.philipsintellivue.wire.Pdu.PollResult;
import io.medtwin.spi.Absent;
import io.medtwin.spi.Absent.Reason;
import io.medtwin.spi.Alert;
import io.medtwin.spi.Alert.Kind;
import io.medtwin.spi.Alert.Phase;
import io.medtwin.spi.Alert.Priority;
import io.medtwin.spi.Coded;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Reading.Flag;
import io.medtwin.spi.Value;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The alarms of a monitor. It lists those that are on; what appears in a list starts, what
 * disappears from it ends. A list that cannot be read changes nothing: an alarm lasts until a list
 * without it was read.
 *
 * @param patient alarms about the patient, by occurrence
 * @param technical technical alarms, by occurrence
 */
record AlarmsState(Map<String, AlarmEntry> patient, Map<String, AlarmEntry> technical) {

  /** Most alarms of a list that are told. */
  static final int MOST_ALARMS = 128;

  static final String ALARM_STATE = "alarm-state";
  static final String HIGHEST_PATIENT = "highest-patient-alarm";
  static final String HIGHEST_TECHNICAL = "highest-technical-alarm";

  private static final String NOT_UNDERSTOOD = "alarm list not understood";
  private static final String CONDITION = "alarm condition not understood";
  private static final String TOO_MANY = "more alarms than are told";

  AlarmsState {
    patient = Collections.unmodifiableMap(new LinkedHashMap<>(patient));
    technical = Collections.unmodifiableMap(new LinkedHashMap<>(technical));
  }

  static AlarmsState none() {
    return new AlarmsState(Map.of(), Map.of());
  }

  AlarmsState with(PollResult result, Told told) {
    var state = this;
    for (var observation : result.observations()) {
      var attributes = observation.attributes();
      attributes
          .find(AttributeId.ALERT_CONDITION)
          .ifPresent(
              sent ->
                  AlertCondition.parse(sent)
                      .ifPresentOrElse(
                          condition -> tell(condition, result.ticks(), told),
                          () -> told.unread(CONDITION, sent.remaining())));
      for (var kind : List.of(Kind.PHYSIOLOGICAL, Kind.TECHNICAL)) {
        var sent = attributes.find(id(kind));
        if (sent.isEmpty()) {
          continue;
        }
        var list = AlarmEntry.parseList(sent.get());
        if (list.isEmpty()) {
          told.unread(NOT_UNDERSTOOD, sent.get().remaining());
        } else {
          state = state.with(kind, list.get(), told);
        }
      }
    }
    return state;
  }

  private static int id(Kind kind) {
    return kind == Kind.TECHNICAL ? AttributeId.TECHNICAL_ALARMS : AttributeId.PATIENT_ALARMS;
  }

  private AlarmsState with(Kind kind, List<AlarmEntry> list, Told told) {
    var before = kind == Kind.TECHNICAL ? technical : patient;
    var now = new LinkedHashMap<String, AlarmEntry>();
    for (var entry : list) {
      if (now.size() >= MOST_ALARMS) {
        told.unread(TOO_MANY, 0);
        break;
      }
      now.put(occurrence(kind, entry), entry);
    }
    before.forEach(
        (occurrence, entry) -> {
          if (!now.containsKey(occurrence)) {
            told.report(alert(occurrence, entry, kind, Phase.END));
          }
        });
    now.forEach(
        (occurrence, entry) -> {
          var phase = phase(before.get(occurrence), entry);
          if (phase != null) {
            told.report(alert(occurrence, entry, kind, phase));
          }
        });
    return kind == Kind.TECHNICAL ? new AlarmsState(patient, now) : new AlarmsState(now, technical);
  }

  /** The monitor numbers no alarms: what happened where is one until it is gone. */
  private static String occurrence(Kind kind, AlarmEntry entry) {
    return "%s-%s-%d-%d"
        .formatted(
            kind == Kind.TECHNICAL ? "technical" : "patient",
            code(entry),
            entry.object().context(),
            entry.object().handle());
  }

  /** What happened, then what it is about: {@code 0006-4182}. */
  private static String code(AlarmEntry entry) {
    return Names.hex(entry.code()) + "-" + Names.hex(entry.source());
  }

  private static @Nullable Phase phase(@Nullable AlarmEntry before, AlarmEntry now) {
    if (before == null) {
      return Phase.START;
    }
    var was = priority(before.type());
    var is = priority(now.type());
    if (was != is && was != Priority.UNKNOWN && is != Priority.UNKNOWN) {
      return is.ordinal() < was.ordinal() ? Phase.ESCALATE : Phase.DEESCALATE;
    }
    boolean isSame = was == is && before.text().equals(now.text());
    return isSame ? null : Phase.UPDATE;
  }

  private static Priority priority(int type) {
    return switch (type) {
      case AlarmEntry.HIGH_PATIENT, AlarmEntry.HIGH_TECHNICAL -> Priority.HIGH;
      case AlarmEntry.MEDIUM_PATIENT, AlarmEntry.MEDIUM_TECHNICAL -> Priority.MEDIUM;
      case AlarmEntry.LOW_PATIENT, AlarmEntry.LOW_TECHNICAL -> Priority.LOW;
      case 0 -> Priority.NONE;
      default -> Priority.UNKNOWN;
    };
  }

  private static Alert alert(String occurrence, AlarmEntry entry, Kind kind, Phase phase) {
    return new Alert(
        occurrence,
        code(entry),
        phase,
        priority(entry.type()),
        kind,
        entry.text(),
        Names.isKnownNumeric(entry.source()) ? Names.numeric(entry.source()) : null,
        null); // the list does not say since when
  }

  private static void tell(AlertCondition condition, long ticks, Told told) {
    var values = new EnumMap<Place, Value>(Place.class);
    int state = condition.state();
    values.put(
        Place.STATE,
        new Coded(
            (state & AlertCondition.INHIBITED) != 0
                ? "off"
                : (state & AlertCondition.SUSPENDED) != 0 ? "paused" : "on"));
    values.put(Place.PATIENT, word(condition.highestPatient()));
    values.put(Place.TECHNICAL, word(condition.highestTechnical()));
    values.forEach(
        (place, value) -> {
          var reading = Reading.of(place.parameter, value).at(MonitorClock.at(ticks));
          reading = (state & AlertCondition.DEMO) != 0 ? reading.with(Flag.DEMO) : reading;
          told.report((state & AlertCondition.TEST) != 0 ? reading.with(Flag.TEST) : reading);
        });
  }

  private enum Place {
    STATE(ALARM_STATE),
    PATIENT(HIGHEST_PATIENT),
    TECHNICAL(HIGHEST_TECHNICAL);

    private final String parameter;

    Place(String parameter) {
      this.parameter = parameter;
    }
  }

  private static Value word(int type) {
    return switch (priority(type)) {
      case HIGH -> new Coded("high");
      case MEDIUM -> new Coded("medium");
      case LOW -> new Coded("low");
      case NONE -> new Coded("none");
      case UNKNOWN -> new Absent(Reason.INVALID);
    };
  }
}
