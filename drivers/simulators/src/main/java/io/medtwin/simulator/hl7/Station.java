package io.medtwin.simulator.hl7;

import io.medtwin.simulator.device.Broadcast;
import io.medtwin.simulator.physiology.Patient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A rack of syringe pumps, and bedside monitors, behind one sender: PCD-01 of each device every
 * {@code period} seconds, one after the other; PCD-10 when a pump starts or stops; PCD-04 when its
 * line is occluded, when the alert goes on, and when it ends. Pure.
 */
public final class Station implements Broadcast<List<String>> {

  /** Most pumps, and most monitors. */
  public static final int MAX_DEVICES = 200;

  private static final String MONITORING = "182777000^monitoring of patient^SCT";
  private static final String ALARM = "196616^MDC_EVT_ALARM^MDC";
  private static final String ML_PER_H = "265266^MDC_DIM_MILLI_L_PER_HR^MDC^mL/h^mL/h^UCUM";
  private static final String ML = "263762^MDC_DIM_MILLI_L^MDC^mL^mL^UCUM";
  private static final String PERCENT = "262688^MDC_DIM_PERCENT^MDC^%^%^UCUM";
  private static final String BEATS = "264864^MDC_DIM_BEAT_PER_MIN^MDC";
  private static final String BREATHS = "264928^MDC_DIM_RESP_PER_MIN^MDC";
  private static final String CELSIUS = "268192^MDC_DIM_DEGC^MDC^Cel^Cel^UCUM";
  private static final int ALERT_CONTINUES_EVERY = 5;
  private static final double VOLUME_TO_BE_INFUSED = 50;
  private static final double BATTERY = 96;

  private final String name;
  private final long seed;
  private final int period;
  private final Instant epoch;
  private final List<Infusion> pumps = new ArrayList<>();
  private final List<Patient> monitored;

  /**
   * A station.
   *
   * @param name of the sender, and the beginning of its serial numbers: letters, digits, dashes
   * @param pumps 0 to {@link #MAX_DEVICES}
   * @param monitored patient of each monitor, at most {@link #MAX_DEVICES}
   * @param period seconds between two PCD-01 of a device, 1 to 3600
   * @param epoch what its clock shows when the scenario begins
   */
  public Station(
      String name, long seed, int pumps, List<Patient> monitored, int period, Instant epoch) {
    if (pumps < 0 || pumps > MAX_DEVICES || monitored.size() > MAX_DEVICES) {
      throw new IllegalArgumentException("a station has 0 to " + MAX_DEVICES + " pumps, monitors");
    }
    if (period < 1 || period > 3600) {
      throw new IllegalArgumentException("a period is 1 to 3600 s, got " + period);
    }
    this.name = name;
    this.seed = seed;
    this.period = period;
    this.epoch = epoch;
    this.monitored = List.copyOf(monitored);
    for (int i = 0; i < pumps; i++) {
      this.pumps.add(new Infusion(seed * 31 + i));
    }
  }

  @Override
  public double ticksPerSecond() {
    return 1;
  }

  /** Address of a pump behind the link, as a gateway knows it; numbers from 1. */
  public String pumpAddress(int number) {
    return serial("P", number) + "@" + Hl7Text.AUTHORITY;
  }

  /** Address of a monitor behind the link, as a gateway knows it; numbers from 1. */
  public String monitorAddress(int number) {
    return serial("M", number) + "@" + Hl7Text.AUTHORITY;
  }

  @Override
  public List<String> at(long tick) {
    var said = new ArrayList<String>();
    for (int i = 0; i < pumps.size(); i++) {
      changes(i, tick, said);
    }
    for (int i = 0; i < pumps.size(); i++) {
      if ((tick + i) % period == 0) {
        said.add(pump(i, tick, id(tick, said)));
      }
    }
    for (int i = 0; i < monitored.size(); i++) {
      if ((tick + i) % period == 0) {
        said.add(monitor(i, tick, id(tick, said)));
      }
    }
    return said;
  }

  private void changes(int pump, long tick, List<String> said) {
    var infusion = pumps.get(pump);
    boolean started = infusion.isStarted(tick);
    if (tick > 0 && started != infusion.isStarted(tick - 1)) {
      said.add(event(pump, tick, id(tick, said), started));
    }
    boolean occluded = infusion.isOccluded(tick);
    boolean before = tick > 0 && infusion.isOccluded(tick - 1);
    if (occluded && !before) {
      said.add(alert(pump, tick, id(tick, said), "start"));
    } else if (!occluded && before) {
      said.add(alert(pump, tick, id(tick, said), "end"));
    } else if (occluded && tick % ALERT_CONTINUES_EVERY == 0) {
      said.add(alert(pump, tick, id(tick, said), "continue"));
    }
  }

  private String pump(int pump, long tick, String id) {
    var message = begin("R01", id, tick).request(id, MONITORING, instant(tick), "");
    return pumpRows(device(message, pump), pump, tick).text();
  }

  private String event(int pump, long tick, String id, boolean started) {
    var message = begin("R42", id, tick).request(id, MONITORING, instant(tick), "");
    var code =
        started ? "197288^MDC_EVT_PUMP_DELIV_START^MDC" : "197290^MDC_EVT_PUMP_DELIV_STOP^MDC";
    device(message, pump)
        .value("1.0.0.1", "CWE", 68487, "MDC_ATTR_EVT_COND", code)
        .value("1.0.0.2", "ST", 68488, "MDC_ATTR_EVT_SOURCE", "1.1.2.0");
    return pumpRows(message, pump, tick).text();
  }

  private String alert(int pump, long tick, String id, String phase) {
    var infusion = pumps.get(pump);
    var occurrence = serial("A", pump + 1) + "-" + infusion.delivery(tick - 1);
    boolean first = phase.equals("start");
    var message =
        begin("R40", id, tick)
            .request(first ? occurrence : id, ALARM, instant(tick), first ? "" : occurrence);
    boolean ends = phase.equals("end");
    return device(message, pump)
        .object("1.1.0.0", 70054, "MDC_DEV_PUMP_INFUS_SYRINGE_VMD")
        .value("1.1.0.0.1", "CWE", 196616, "MDC_EVT_ALARM", "196940^MDC_EVT_FLUID_LINE_OCCL^MDC")
        .value(
            "1.1.0.0.2",
            "CWE",
            68480,
            "MDC_ATTR_ALERT_SOURCE",
            "70054^MDC_DEV_PUMP_INFUS_SYRINGE_VMD^MDC")
        .value("1.1.0.0.3", "ST", 68481, "MDC_ATTR_EVENT_PHASE", phase)
        .value("1.1.0.0.4", "ST", 68482, "MDC_ATTR_ALARM_STATE", ends ? "inactive" : "active")
        .value("1.1.0.0.5", "ST", 68483, "MDC_ATTR_ALARM_INACTIVATION_STATE", "enabled")
        .value("1.1.0.0.6", "ST", 68484, "MDC_ATTR_ALARM_PRIORITY", "PH")
        .value("1.1.0.0.7", "ST", 68485, "MDC_ATTR_ALERT_TYPE", "ST")
        .value("1.1.0.0.8", "ST", 68546, "MDC_ATTR_ALERT_TEXT", "Line occluded")
        .text();
  }

  private Hl7Text device(Hl7Text message, int pump) {
    return message.device(70053, "MDC_DEV_PUMP_INFUS_SYRINGE_MDS", serial("P", pump + 1));
  }

  private Hl7Text pumpRows(Hl7Text message, int pump, long tick) {
    var infusion = pumps.get(pump);
    boolean delivering = infusion.isDelivering(tick);
    boolean started = infusion.isStarted(tick);
    double volume = infusion.volume(tick);
    message
        .object("1.1.0.0", 70054, "MDC_DEV_PUMP_INFUS_SYRINGE_VMD")
        .number("1.1.0.1", 67996, "MDC_ATTR_VAL_BATT_CHARGE", BATTERY, "%.0f", PERCENT)
        .object("1.1.1.0", 70067, "MDC_DEV_PUMP_DELIVERY_INFO")
        .value(
            "1.1.1.1",
            "CWE",
            184519,
            "MDC_PUMP_INFUSING_STATUS",
            delivering ? "^pump-status-infusing" : "^pump-status-not-infusing")
        .number(
            "1.1.1.2",
            158014,
            "MDC_FLOW_FLUID_PUMP_CURRENT",
            delivering ? infusion.rate() : 0,
            "%.1f",
            ML_PER_H)
        .value("1.1.1.3", "CWE", 158016, "MDC_PUMP_ACTIVE_SOURCES", "^pump-source-info-primary")
        .object("1.1.2.0", 70071, "MDC_DEV_PUMP_INFUSATE_SOURCE_PRIMARY_CHAN")
        .value(
            "1.1.2.1",
            "CWE",
            158005,
            "MDC_PUMP_CURRENT_DELIVERY_STATUS",
            delivering
                ? "^pump-delivery-status-delivering"
                : "^pump-delivery-status-not-delivering");
    if (!delivering) {
      message.value(
          "1.1.2.2",
          "CWE",
          158006,
          "MDC_PUMP_NOT_DELIVERING_REASON",
          started ? "^pump-stopped-alarm" : "^pump-stopped-by-clinician");
    }
    return message
        .number("1.1.2.3", 157784, "MDC_FLOW_FLUID_PUMP", infusion.rate(), "%.1f", ML_PER_H)
        .number("1.1.2.4", 157884, "MDC_VOL_FLUID_TBI", VOLUME_TO_BE_INFUSED, "%.0f", ML)
        .number("1.1.2.5", 157993, "MDC_VOL_FLUID_DELIV_TOTAL", volume, "%.2f", ML)
        .object("1.1.3.0", 70091, "MDC_DEV_PUMP_SYRINGE_INFO")
        .number("1.1.3.1", 157880, "MDC_VOL_SYRINGE", VOLUME_TO_BE_INFUSED, "%.0f", ML);
  }

  private String monitor(int monitor, long tick, String id) {
    var vitals = monitored.get(monitor).vitals(tick);
    return begin("R01", id, tick)
        .request(id, MONITORING, instant(tick), "")
        .device(69965, "MDC_DEV_MON_PHYSIO_MULTI_PARAM_MDS", serial("M", monitor + 1))
        .object("1.1.0.0", 70666, "MDC_DEV_ECG_RESP_VMD")
        .number("1.1.1.1", 147842, "MDC_ECG_HEART_RATE", vitals.heartRate(), "%.0f", BEATS)
        .number("1.1.1.2", 151562, "MDC_RESP_RATE", vitals.respiratoryRate(), "%.0f", BREATHS)
        .object("1.2.0.0", 69642, "MDC_DEV_ANALY_SAT_O2_VMD")
        .number("1.2.1.1", 150456, "MDC_PULS_OXIM_SAT_O2", vitals.spo2(), "%.0f", PERCENT)
        .number("1.2.1.2", 149530, "MDC_PULS_OXIM_PULS_RATE", vitals.heartRate(), "%.0f", BEATS)
        .number("1.3.1.1", 150344, "MDC_TEMP", vitals.temperature(), "%.1f", CELSIUS)
        .text();
  }

  private Hl7Text begin(String trigger, String id, long tick) {
    return new Hl7Text(name, trigger, id, instant(tick));
  }

  private Instant instant(long tick) {
    return epoch.plusSeconds(tick);
  }

  /** Unique in the scenario, and the same in each run of it. */
  private String id(long tick, List<String> said) {
    return String.format(Locale.ROOT, "%s-%x-%d-%d", name, seed & 0xFFFF, tick, said.size());
  }

  private String serial(String kind, int number) {
    return String.format(Locale.ROOT, "%s-%s%03d", name, kind, number);
  }
}
