package io.medtwin.driver.bbraunbcc;

import io.medtwin.spi.Alert;
import io.medtwin.spi.DeviceEvent;
import io.medtwin.spi.DeviceTime;
import io.medtwin.spi.Identity;
import io.medtwin.spi.Presence;
import io.medtwin.spi.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one slot of the rack, or the ComDevice itself, must be remembered for: is a pump there,
 * which one, and which of its alarms are on. Pure: each block gives the next state and what
 * changed.
 *
 * @param isPump whether this is a slot; the ComDevice comes and goes with its link
 * @param present whether the pump is there; null before anything is known
 * @param serial serial number of the pump, or null before it is told
 * @param alarms codes of the alarms that are on
 * @param error error that is told of it again and again; 0 for none
 * @param roundsMissed rounds of the rack, one after the other, that did not name it
 */
record PumpState(
    boolean isPump,
    @Nullable Boolean present,
    @Nullable String serial,
    Set<String> alarms,
    int error,
    int roundsMissed) {

  /** Rounds without a pump after which it counts as gone: one may leave out a busy slot. */
  private static final int ROUNDS_MISSED_MAX = 2;

  private static final int NO_MORE_DATA = 11;
  private static final int REMOVED = 39;
  private static final int COMMUNICATION_FIRST = 40;
  private static final int COMMUNICATION_LAST = 49;
  private static final String SERIAL = "INSERNUM";

  /**
   * A step of the state.
   *
   * @param next state afterwards
   * @param reports what changed, in order
   */
  record Step(PumpState next, List<Report> reports) {
    Step {
      reports = List.copyOf(reports);
    }
  }

  PumpState {
    alarms = Set.copyOf(alarms);
  }

  /** Nothing is known yet. */
  static PumpState unknown(boolean isPump) {
    return new PumpState(isPump, null, null, Set.of(), 0, 0);
  }

  /** After what a block tells of this device: values, then errors. */
  Step with(List<Quadruple> told, BccReadings readings, BitField bitField) {
    var reports = new ArrayList<Report>();
    var state = this;
    var values = told.stream().filter(q -> BccFrame.errorOf(q).isEmpty()).toList();
    if (!values.isEmpty()) {
      state = there(values.getFirst(), serialIn(values), reports);
      state = state.alarms(Alarm.told(values, bitField), values.getFirst(), reports);
      reports.addAll(readings.of(values));
    }
    for (var quadruple : told) {
      var error = BccFrame.errorOf(quadruple);
      if (error.isPresent()) {
        state = state.failed(error.get(), BccReadings.time(quadruple), reports);
      }
    }
    return new Step(state, reports);
  }

  /** After a round of the rack that did not name this pump. */
  Step missed() {
    int missed = Math.min(roundsMissed + 1, ROUNDS_MISSED_MAX);
    return missed < ROUNDS_MISSED_MAX
        ? new Step(new PumpState(isPump, present, serial, alarms, error, missed), List.of())
        : gone("not in the rack any more");
  }

  private Step gone(String why) {
    boolean isNews = isPump && !Boolean.FALSE.equals(present);
    return new Step(
        new PumpState(
            isPump, isPump ? Boolean.FALSE : present, serial, alarms, error, ROUNDS_MISSED_MAX),
        isNews ? List.of(new Presence(false, why)) : List.of());
  }

  private PumpState there(Quadruple first, @Nullable String toldSerial, List<Report> reports) {
    boolean isAnother = toldSerial != null && serial != null && !toldSerial.equals(serial);
    if (isAnother) {
      new TreeSet<>(alarms).forEach(code -> reports.add(alert(code, Alert.Phase.END, first)));
      if (Boolean.TRUE.equals(present)) {
        reports.add(new Presence(false, "another pump is in its slot"));
      }
    }
    if (isPump && (isAnother || !Boolean.TRUE.equals(present))) {
      reports.add(new Presence(true, ""));
    }
    if (toldSerial != null && !toldSerial.equals(serial)) {
      reports.add(Identity.of(Identity.Attribute.SERIAL, toldSerial));
    }
    return new PumpState(
        isPump,
        isPump ? Boolean.TRUE : present,
        toldSerial == null ? serial : toldSerial,
        isAnother ? Set.of() : alarms,
        0,
        0);
  }

  private PumpState alarms(Alarm.Told told, Quadruple first, List<Report> reports) {
    var on = new TreeSet<>(alarms);
    for (var code : new TreeSet<>(told.off())) {
      if (on.remove(code)) {
        reports.add(alert(code, Alert.Phase.END, first));
      }
    }
    for (var code : new TreeSet<>(told.on())) {
      if (on.add(code)) {
        reports.add(alert(code, Alert.Phase.START, first));
      }
    }
    return new PumpState(isPump, present, serial, on, error, roundsMissed);
  }

  private PumpState failed(int code, DeviceTime time, List<Report> reports) {
    if (code == NO_MORE_DATA) {
      return this;
    }
    boolean isUnreachable =
        code == REMOVED || code >= COMMUNICATION_FIRST && code <= COMMUNICATION_LAST;
    if (isPump && isUnreachable) {
      var step =
          gone(
              code == REMOVED
                  ? "removed or unreachable (GNERR 39)"
                  : "communication error at its slot (GNERR " + code + ")");
      reports.addAll(step.reports());
      return step.next();
    }
    if (code != error) {
      reports.add(new DeviceEvent("error", Integer.toString(code), time));
    }
    return new PumpState(isPump, present, serial, alarms, code, roundsMissed);
  }

  private static @Nullable String serialIn(List<Quadruple> values) {
    return values.stream()
        .filter(q -> q.parameter().equals(SERIAL) && !q.value().isBlank())
        .map(Quadruple::value)
        .filter(serial -> !BccReadings.isAbsent(serial))
        .findFirst()
        .orElse(null);
  }

  private static Alert alert(String code, Alert.Phase phase, Quadruple told) {
    return new Alert(
        code,
        code,
        phase,
        Alert.Priority.UNKNOWN,
        Alert.Kind.UNKNOWN,
        "",
        null,
        BccReadings.time(told));
  }
}
