package io.medtwin.driver.alarisasena;

import io.medtwin.spi.Alert;
import io.medtwin.spi.DeviceEvent;
import io.medtwin.spi.Identity;
import io.medtwin.spi.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a session must remember of a pump to tell changes: which pump it is, its last log entry,
 * which alarms are on. The alarm of the moment comes in two answers, {@code INF} and {@code ALARM};
 * an alert lasts while either names it, so that none is cut short by the other.
 *
 * @param serial serial number
 * @param logNumber number of the last log entry, or null while unknown
 * @param statusAlarm code the last {@code INF} named, or null
 * @param polledAlarm code the last {@code ALARM} named, or null
 * @param active occurrence ids of alerts that are on, by code; at most two
 * @param starts alerts started in this session
 */
record AsenaState(
    String serial,
    @Nullable Long logNumber,
    @Nullable String statusAlarm,
    @Nullable String polledAlarm,
    Map<String, String> active,
    int starts) {

  /** The pump's own word for "no alarm". */
  static final String NO_ALARM = "AL_NOALM";

  static final String LOG_ENTRY = "log-entry";

  /**
   * A step of the state.
   *
   * @param next state afterwards
   * @param reports what changed, in order
   */
  record Step(AsenaState next, List<Report> reports) {
    Step {
      reports = List.copyOf(reports);
    }
  }

  AsenaState {
    active = Map.copyOf(active);
  }

  /** A pump of which only the serial number is known. */
  static AsenaState of(String serial) {
    return new AsenaState(serial, null, null, null, Map.of(), 0);
  }

  /** After a status answer. Another serial number is another pump: what was on, ends. */
  Step with(InfusionStatus status) {
    if (!status.serial().equals(serial)) {
      var reports = new ArrayList<Report>(ends(Map.of()));
      reports.add(Identity.of(Identity.Attribute.SERIAL, status.serial()));
      var step = of(status.serial()).with(status);
      reports.addAll(step.reports());
      return new Step(step.next(), reports);
    }
    var reports = new ArrayList<Report>();
    var newLogNumber = status.logNumber() == null ? logNumber : status.logNumber();
    if (newLogNumber != null && logNumber != null && !newLogNumber.equals(logNumber)) {
      reports.add(new DeviceEvent(LOG_ENTRY, newLogNumber.toString(), null));
    }
    return alarms(newLogNumber, codeOrNull(status.alarm()), polledAlarm, reports);
  }

  /** After an alarm answer; null where it was not answered, so that no old one is kept alive. */
  Step withPolledAlarm(@Nullable String code) {
    return alarms(logNumber, statusAlarm, codeOrNull(code), new ArrayList<>());
  }

  private Step alarms(
      @Nullable Long newLogNumber,
      @Nullable String fromStatus,
      @Nullable String polled,
      List<Report> reports) {
    var on = new LinkedHashMap<String, String>();
    int started = starts;
    for (var code : new @Nullable String[] {fromStatus, polled}) {
      if (code != null && !on.containsKey(code)) {
        var known = active.get(code);
        on.put(
            code,
            known != null
                ? known
                : code + "-" + Objects.requireNonNullElse(newLogNumber, 0L) + "-" + ++started);
      }
    }
    reports.addAll(ends(on));
    on.forEach(
        (code, occurrence) -> {
          if (!active.containsKey(code)) {
            reports.add(alert(occurrence, code, Alert.Phase.START));
          }
        });
    return new Step(new AsenaState(serial, newLogNumber, fromStatus, polled, on, started), reports);
  }

  private List<Alert> ends(Map<String, String> stillOn) {
    return active.entrySet().stream()
        .filter(alert -> !stillOn.containsKey(alert.getKey()))
        .sorted(Map.Entry.comparingByKey())
        .map(alert -> alert(alert.getValue(), alert.getKey(), Alert.Phase.END))
        .toList();
  }

  private static Alert alert(String occurrence, String code, Alert.Phase phase) {
    return new Alert(
        occurrence, code, phase, Alert.Priority.UNKNOWN, Alert.Kind.UNKNOWN, "", null, null);
  }

  private static @Nullable String codeOrNull(@Nullable String code) {
    return code == null || code.isEmpty() || code.equals(NO_ALARM) ? null : code;
  }
}
