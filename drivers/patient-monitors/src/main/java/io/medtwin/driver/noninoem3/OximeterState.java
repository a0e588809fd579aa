package io.medtwin.driver.noninoem3;

import io.medtwin.driver.noninoem3.Format8Record.State;
import io.medtwin.spi.Absent;
import io.medtwin.spi.Absent.Reason;
import io.medtwin.spi.Alert;
import io.medtwin.spi.Coded;
import io.medtwin.spi.Identity;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Reading.Flag;
import io.medtwin.spi.Report;
import io.medtwin.spi.Samples;
import io.medtwin.spi.Value;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a session must remember of an oximeter to tell changes: its firmware and which of its alarm
 * bits are set.
 *
 * @param firmware revision told last, or null
 * @param alarms bits that are set
 */
record OximeterState(@Nullable Integer firmware, Set<Alarm> alarms) {

  /** The oximeter's alarm bits; the name is the code of the alert. */
  enum Alarm {
    SENSOR_ALARM("sensor alarm"),
    SENSOR_FAULT("sensor fault"),
    BATTERY_LOW("battery low"),
    BATTERY_CRITICAL("battery critical");

    private final String text;

    Alarm(String text) {
      this.text = text;
    }
  }

  /** A step of the state. */
  record Step(OximeterState next, List<Report> reports) {
    Step {
      reports = List.copyOf(reports);
    }
  }

  private static final String RATE_UNIT = "/min";
  private static final String SATURATION_UNIT = "%";

  OximeterState {
    alarms = Set.copyOf(alarms);
  }

  /** Nothing heard yet. */
  static OximeterState start() {
    return new OximeterState(null, Set.of());
  }

  /** After a packet of format 2 or 7. */
  Step with(NoninPacket packet) {
    var averages = packet.averages();
    var reports = new ArrayList<Report>();
    if (firmware == null || firmware != averages.firmware()) {
      reports.add(Identity.of(Identity.Attribute.FIRMWARE, Integer.toString(averages.firmware())));
    }
    var now = EnumSet.noneOf(Alarm.class);
    addIf(now, packet.has(PlethFrame.SENSOR_ALARM), Alarm.SENSOR_ALARM);
    addIf(now, averages.batteryLow(), Alarm.BATTERY_LOW);
    reports.addAll(changes(now));

    boolean off = packet.has(PlethFrame.SENSOR_DISCONNECTED);
    boolean red = packet.has(PlethFrame.RED_PERFUSION);
    boolean green = packet.has(PlethFrame.GREEN_PERFUSION);
    boolean questionable =
        packet.has(PlethFrame.ARTIFACT | PlethFrame.OUT_OF_TRACK | PlethFrame.SENSOR_ALARM)
            || red && !green;
    var quality = new Quality(off, questionable);
    reports.addAll(quality.readings(averages));
    reports.add(quality.mark(Reading.of("pleth", pleth(packet, off))));
    if (red || green) {
      reports.add(perfusion(red ? green ? "marginal" : "low" : "good"));
    }
    reports.add(smartPoint(averages.smartPoint()));
    reports.add(battery(now));
    return new Step(new OximeterState(averages.firmware(), now), reports);
  }

  /** After a record of format 8. */
  Step with(Format8Record record) {
    var states = record.states();
    var now = EnumSet.noneOf(Alarm.class);
    addIf(now, states.contains(State.SENSOR_FAULT), Alarm.SENSOR_FAULT);
    addIf(now, states.contains(State.BATTERY_LOW), Alarm.BATTERY_LOW);
    addIf(now, states.contains(State.BATTERY_CRITICAL), Alarm.BATTERY_CRITICAL);
    var reports = new ArrayList<Report>(changes(now));

    boolean low = states.contains(State.LOW_PERFUSION);
    boolean marginal = states.contains(State.MARGINAL_PERFUSION);
    var quality =
        new Quality(
            states.contains(State.SENSOR_DISCONNECTED),
            low
                || states.contains(State.ARTIFACT)
                || states.contains(State.OUT_OF_TRACK)
                || states.contains(State.SENSOR_FAULT));
    reports.add(quality.reading("pulse-rate", record.pulseRate(), RATE_UNIT));
    reports.add(quality.reading("spo2", record.spo2(), SATURATION_UNIT));
    reports.add(
        quality.off()
            ? Reading.of("perfusion", new Absent(Reason.SENSOR_OFF))
            : perfusion(low ? "low" : marginal ? "marginal" : "good"));
    reports.add(smartPoint(states.contains(State.SMART_POINT)));
    reports.add(battery(now));
    return new Step(new OximeterState(firmware, now), reports);
  }

  /**
   * What the status bits say of the values beside them.
   *
   * @param off the sensor is disconnected: there are no values
   * @param questionable artifact, out of track, sensor alarm or low perfusion
   */
  private record Quality(boolean off, boolean questionable) {

    List<Reading> readings(Averages averages) {
      return List.of(
          reading("pulse-rate", averages.pulseRate(), RATE_UNIT),
          reading("spo2", averages.spo2(), SATURATION_UNIT),
          reading("pulse-rate-display", averages.pulseRateDisplay(), RATE_UNIT),
          reading("spo2-display", averages.spo2Display(), SATURATION_UNIT),
          reading("spo2-fast", averages.spo2Fast(), SATURATION_UNIT),
          reading("spo2-beat-to-beat", averages.spo2BeatToBeat(), SATURATION_UNIT),
          reading("pulse-rate-8-beats", averages.pulseRate8(), RATE_UNIT),
          reading("spo2-8-beats", averages.spo2Of8(), SATURATION_UNIT),
          reading("pulse-rate-8-beats-display", averages.pulseRate8Display(), RATE_UNIT),
          reading("spo2-8-beats-display", averages.spo2Of8Display(), SATURATION_UNIT));
    }

    Reading reading(String parameter, @Nullable Integer amount, String unit) {
      if (off) {
        return Reading.of(parameter, new Absent(Reason.SENSOR_OFF));
      }
      return amount == null
          ? Reading.of(parameter, new Absent(Reason.NOT_AVAILABLE))
          : mark(Reading.of(parameter, Numeric.of(amount, unit)));
    }

    Reading mark(Reading reading) {
      return questionable && !off ? reading.with(Flag.QUESTIONABLE) : reading;
    }
  }

  private List<Report> changes(Set<Alarm> now) {
    var changes = new ArrayList<Report>();
    for (var alarm : Alarm.values()) {
      if (alarms.contains(alarm) != now.contains(alarm)) {
        changes.add(alert(alarm, now.contains(alarm) ? Alert.Phase.START : Alert.Phase.END));
      }
    }
    return changes;
  }

  private static Alert alert(Alarm alarm, Alert.Phase phase) {
    return new Alert(
        alarm.name(),
        alarm.name(),
        phase,
        Alert.Priority.UNKNOWN,
        Alert.Kind.TECHNICAL,
        alarm.text,
        null,
        null);
  }

  private static Value pleth(NoninPacket packet, boolean off) {
    return off
        ? new Absent(Reason.SENSOR_OFF)
        : Samples.of(packet.pleth(), NoninPacket.FRAMES_PER_SECOND, 1, 0, "1");
  }

  private static Reading perfusion(String code) {
    return Reading.of("perfusion", new Coded(code));
  }

  private static Reading smartPoint(boolean reached) {
    return Reading.of("smart-point", new Coded(reached ? "reached" : "not-reached"));
  }

  private static Reading battery(Set<Alarm> alarms) {
    var state =
        alarms.contains(Alarm.BATTERY_CRITICAL)
            ? "critical"
            : alarms.contains(Alarm.BATTERY_LOW) ? "low" : "not-low";
    return Reading.of("battery", new Coded(state));
  }

  private static void addIf(Set<Alarm> alarms, boolean set, Alarm alarm) {
    if (set) {
      alarms.add(alarm);
    }
  }
}
