package io.medtwin.driver.ivy450c;

import io.medtwin.driver.ivy450c.AnsarBMessage.Wave;
import io.medtwin.spi.Absent;
import io.medtwin.spi.Absent.Reason;
import io.medtwin.spi.Alert;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Report;
import io.medtwin.spi.Samples;
import io.medtwin.spi.Text;
import io.medtwin.spi.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a session must remember of a monitor to tell changes: the alarms that are on and the last
 * cuff measurement, which the monitor repeats every second although it was taken once.
 *
 * @param alarms alarm text by the parameter it concerns; at most one for each known line
 * @param cuff the NIBP line last told, or null
 */
record IvyState(Map<String, String> alarms, @Nullable AnsarBLine cuff) {

  /**
   * A step of the state.
   *
   * @param next state afterwards
   * @param reports what to say, in order
   * @param personalLines lines kept back because they may speak of a person
   */
  record Step(IvyState next, List<Report> reports, int personalLines) {
    Step {
      reports = List.copyOf(reports);
    }
  }

  /** Count of a pressure wave that has no transducer. */
  private static final int NO_TRANSDUCER_COUNT = 0xFB;

  private static final String LEAD_OFF = "LEAD OFF";
  private static final String NO_TRANSDUCER = "NO TRANSDUCER";
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,4}(\\.\\d{1,2})?");
  private static final Pattern PULSE_RATE = Pattern.compile("PR=\\s*(\\d{1,3})?\\s*");
  private static final Pattern NAMEABLE = Pattern.compile("[A-Z0-9]{1,8}");

  /** Names of lines that would tell of a person; nobody has seen one, and none goes further. */
  private static final Set<String> PERSONAL =
      Set.of("NAME", "PATIENT", "PAT", "PT", "ID", "PID", "MRN", "DOB", "AGE", "SEX");

  IvyState {
    alarms = Map.copyOf(alarms);
  }

  /** Nothing heard yet. */
  static IvyState start() {
    return new IvyState(Map.of(), null);
  }

  /** After a message. */
  Step with(AnsarBMessage message, Units units) {
    var told = new Telling(units);
    message.lines().forEach(told::line);
    var reports = new ArrayList<>(changes(told.alarms));
    reports.addAll(told.reports);
    reports.addAll(waves(message, told.alarms));
    return new Step(new IvyState(told.alarms, told.cuffNow), reports, told.personalLines);
  }

  /** The lines of one message, becoming reports. */
  private final class Telling {
    private final Units units;
    private final List<Report> reports = new ArrayList<>();
    private final Map<String, String> alarms = new LinkedHashMap<>();
    private @Nullable AnsarBLine cuffNow = cuff;
    private int personalLines;

    Telling(Units units) {
      this.units = units;
    }

    void line(AnsarBLine line) {
      switch (line.name()) {
        case "HR" -> single(line, "heart-rate", "/min", "ecg-label");
        case "RR" -> single(line, "resp-rate", "/min", "resp-label");
        case "ETCO2" -> single(line, "etco2", units.carbonDioxide(), "etco2-label");
        case "SPO2" -> {
          number(line, 1, "spo2", "%");
          alarm("spo2", line.field(3));
          pulseRate(line.field(2), absentReason(line));
        }
        case "NIBP" -> cuff(line);
        case "P1" -> pressure(line, "p1");
        case "P2" -> pressure(line, "p2");
        case "T1" -> single(line, "t1", units.temperature(), "t1-label");
        case "T2" -> single(line, "t2", units.temperature(), "t2-label");
        default -> unknown(line);
      }
    }

    /** Value, label, alarm. */
    private void single(AnsarBLine line, String parameter, String unit, String labelParameter) {
      number(line, 1, parameter, unit);
      label(labelParameter, line.field(2));
      alarm(parameter, line.field(3));
    }

    /** Systolic, diastolic, mean, label, alarm. */
    private void pressure(AnsarBLine line, String prefix) {
      number(line, 1, prefix + "-systolic", "mm[Hg]");
      number(line, 2, prefix + "-diastolic", "mm[Hg]");
      number(line, 3, prefix + "-mean", "mm[Hg]");
      label(prefix + "-label", line.field(4));
      alarm(prefix + "-mean", line.field(5));
    }

    /** Systolic, diastolic, mean, pulse, label, alarm; told when it changes. */
    private void cuff(AnsarBLine line) {
      alarm("nibp-mean", line.field(6));
      if (line.equals(cuff)) {
        return;
      }
      cuffNow = line;
      number(line, 1, "nibp-systolic", "mm[Hg]");
      number(line, 2, "nibp-diastolic", "mm[Hg]");
      number(line, 3, "nibp-mean", "mm[Hg]");
      number(line, 4, "nibp-pulse-rate", "/min");
      label("nibp-label", line.field(5));
    }

    private void pulseRate(String field, Reason reason) {
      var match = PULSE_RATE.matcher(field);
      if (!match.matches()) {
        label("spo2-label", field);
        return;
      }
      var digits = match.group(1);
      say("pulse-rate", digits == null ? new Absent(reason) : Numeric.of(digits, "/min"));
    }

    /** Kept as text, unless it may speak of a person. */
    private void unknown(AnsarBLine line) {
      if (line.fields().isEmpty()) {
        say("message", new Text(line.name().strip()));
      } else if (PERSONAL.contains(line.name().strip())) {
        personalLines++;
      } else {
        boolean nameable = NAMEABLE.matcher(line.name()).matches();
        say(
            nameable ? "line-" + line.name().toLowerCase(Locale.ROOT) : "line-other",
            new Text(line.toText().strip()));
      }
    }

    private void number(AnsarBLine line, int index, String parameter, String unit) {
      var field = line.field(index);
      if (field.isEmpty()) {
        say(parameter, new Absent(absentReason(line)));
      } else if (NUMBER.matcher(field).matches()) {
        say(parameter, Numeric.of(field, unit));
      } else {
        say(parameter, new Absent(Reason.INVALID));
      }
    }

    private void label(String parameter, String text) {
      if (!text.isEmpty()) {
        say(parameter, new Text(text));
      }
    }

    private void alarm(String parameter, String text) {
      if (!text.isEmpty()) {
        alarms.put(parameter, text);
      }
    }

    private void say(String parameter, Value value) {
      reports.add(Reading.of(parameter, value));
    }
  }

  private List<Report> changes(Map<String, String> now) {
    var changes = new ArrayList<Report>();
    alarms.entrySet().stream()
        .filter(alarm -> !alarm.getValue().equals(now.get(alarm.getKey())))
        .sorted(Map.Entry.comparingByKey())
        .forEach(alarm -> changes.add(alert(alarm.getKey(), alarm.getValue(), Alert.Phase.END)));
    now.forEach(
        (parameter, text) -> {
          if (!text.equals(alarms.get(parameter))) {
            changes.add(alert(parameter, text, Alert.Phase.START));
          }
        });
    return changes;
  }

  /** The monitor states neither priority nor kind; its text is its code. */
  private static Alert alert(String parameter, String text, Alert.Phase phase) {
    return new Alert(
        parameter + "/" + text,
        text,
        phase,
        Alert.Priority.UNKNOWN,
        Alert.Kind.UNKNOWN,
        text,
        parameter,
        null);
  }

  private static List<Report> waves(AnsarBMessage message, Map<String, String> alarms) {
    var readings = new ArrayList<Report>();
    for (var wave : Wave.values()) {
      if (isPressure(wave) && hasNoTransducer(message, wave)) {
        readings.add(Reading.of(wave.parameter(), new Absent(Reason.SENSOR_OFF)));
        continue;
      }
      var samples =
          new Samples(message.counts(wave), wave.count(), wave.gain(), wave.offset(), wave.unit());
      var reading = Reading.of(wave.parameter(), samples);
      boolean leadOff = wave == Wave.ECG && isLeadOff(alarms.getOrDefault("heart-rate", ""));
      readings.add(leadOff ? reading.with(Reading.Flag.QUESTIONABLE) : reading);
    }
    return readings;
  }

  private static boolean isPressure(Wave wave) {
    return wave == Wave.PRESSURE_1 || wave == Wave.PRESSURE_2;
  }

  private static boolean hasNoTransducer(AnsarBMessage message, Wave wave) {
    var counts = message.counts(wave);
    while (counts.hasRemaining()) {
      if (counts.get() != NO_TRANSDUCER_COUNT) {
        return false;
      }
    }
    return true;
  }

  private static Reason absentReason(AnsarBLine line) {
    boolean off =
        line.fields().stream().anyMatch(text -> isLeadOff(text) || text.contains(NO_TRANSDUCER));
    return off ? Reason.SENSOR_OFF : Reason.NOT_AVAILABLE;
  }

  private static boolean isLeadOff(String text) {
    return text.contains(LEAD_OFF);
  }
}
