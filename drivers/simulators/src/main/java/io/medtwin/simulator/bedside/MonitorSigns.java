package io.medtwin.simulator.bedside;

import io.medtwin.driver.philipsintellivue.wire.Attribute;
import io.medtwin.driver.philipsintellivue.wire.Attributes;
import io.medtwin.driver.philipsintellivue.wire.Float32;
import io.medtwin.driver.philipsintellivue.wire.MeasurementState;
import io.medtwin.driver.philipsintellivue.wire.NumericValue;
import io.medtwin.driver.philipsintellivue.wire.Observation;
import io.medtwin.driver.philipsintellivue.wire.SampleArray;
import io.medtwin.driver.philipsintellivue.wire.SampleSpec;
import io.medtwin.driver.philipsintellivue.wire.Scale;
import io.medtwin.driver.philipsintellivue.wire.ValueTime;
import io.medtwin.driver.philipsintellivue.wire.WaveDescription;
import io.medtwin.simulator.physiology.Patient;
import io.medtwin.simulator.physiology.Vitals;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an IntelliVue monitor measures of a patient, as objects of its protocol. Pure. */
final class MonitorSigns {

  /** Stretches of waves come so often. */
  static final double BLOCK_SECONDS = 0.256;

  private static final int CONTEXT = 1;
  private static final int PER_MINUTE = 0x0AA0;
  private static final int BREATHS = 0x0AE0;
  private static final int PERCENT = 0x0220;
  private static final int MMHG = 0x0F20;
  private static final int CELSIUS = 0x17A0;
  private static final int MILLIVOLT = 0x10B2;
  private static final int NO_UNIT = 0x0200;
  private static final int CUFF_EVERY_SECONDS = 300;

  private final Patient patient;

  /**
   * Waves it has, in its own order of priority. Scales are those of a recorded monitor for the ECG,
   * chosen like them for the others.
   */
  enum Signal {
    ECG_II(0x0102, 686, MILLIVOLT, 250, 14, "-40.96", "40.955"),
    PLETH(0x4BB4, 986, NO_UNIT, 125, 12, null, null),
    ABP(0x4A14, 2332, MMHG, 125, 12, "-40", "369.5"),
    RESPIRATION(0x5000, 696, NO_UNIT, 62.5, 12, "-1", "1.0475");

    private static final int TICKS_PER_SECOND = 8_000;

    final int code;
    final int handle;
    final double rate;
    final int count;
    final int largest;
    final WaveDescription description;

    Signal(
        int code,
        int handle,
        int unit,
        double rate,
        int bits,
        @Nullable String low,
        @Nullable String high) {
      this.code = code;
      this.handle = handle;
      this.rate = rate;
      this.count = (int) (rate * BLOCK_SECONDS);
      this.largest = (1 << bits) - 1;
      this.description =
          new WaveDescription(
              new SampleSpec(count, Short.SIZE, bits, 0),
              (long) (TICKS_PER_SECOND / rate),
              low == null || high == null
                  ? null
                  : new Scale(
                      Float32.of(new BigDecimal(low)),
                      Float32.of(new BigDecimal(high)),
                      0,
                      largest),
              unit);
    }
  }

  MonitorSigns(Patient patient) {
    this.patient = patient;
  }

  /**
   * Numbers of a moment.
   *
   * @param seconds since the scenario began
   * @param wallClock at its beginning
   */
  List<Observation> numerics(double seconds, LocalDateTime wallClock, Set<MonitorAlarm> alarms) {
    var now = patient.vitals(seconds);
    long cuffed = (long) seconds - Math.floorMod((long) seconds, CUFF_EVERY_SECONDS);
    boolean isOff = alarms.contains(MonitorAlarm.SATURATION_SENSOR_OFF);
    int saturation = isOff ? MeasurementState.UNAVAILABLE : 0;
    var all = new ArrayList<Observation>();
    all.add(
        object(
            33_459,
            number(
                    0x4182,
                    inAlarm(alarms, MonitorAlarm.TACHYCARDIA),
                    PER_MINUTE,
                    now.heartRate(),
                    0)
                .toAttribute()));
    all.add(object(33_466, number(0x500A, 0, BREATHS, now.respiratoryRate(), 0).toAttribute()));
    all.add(
        object(
            33_749,
            number(
                    0x4BB8,
                    saturation | inAlarm(alarms, MonitorAlarm.SATURATION_LOW),
                    PERCENT,
                    now.spo2(),
                    1)
                .toAttribute()));
    all.add(
        object(33_756, number(0x4822, saturation, PER_MINUTE, now.heartRate(), 0).toAttribute()));
    all.add(
        object(33_763, number(0x4BB0, saturation, NO_UNIT, now.perfusionIndex(), 1).toAttribute()));
    all.add(object(34_602, number(0x4B48, 0, CELSIUS, now.temperature(), 1).toAttribute()));
    all.add(object(35_098, pressure(0x4A14, now)));
    all.add(
        object(
            33_386,
            ValueTime.toAttribute(wallClock.plusSeconds(cuffed)),
            pressure(0x4A04, patient.vitals(cuffed))));
    return all;
  }

  /** What waves are made of. */
  List<Observation> descriptions(List<Signal> signals) {
    return signals.stream()
        .map(one -> new Observation(CONTEXT, one.handle, one.description.toAttributes(one.code)))
        .toList();
  }

  /**
   * Stretches of waves that begin at a moment.
   *
   * @param seconds since the scenario began
   */
  List<Observation> stretches(List<Signal> signals, double seconds) {
    return signals.stream()
        .map(one -> object(one.handle, stretch(one, seconds).toAttribute()))
        .toList();
  }

  private SampleArray stretch(Signal signal, double begin) {
    var counts = new int[signal.count];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = Math.clamp(count(signal, begin + i / signal.rate), 0, signal.largest);
    }
    return SampleArray.of(signal.code, 0, counts);
  }

  private long count(Signal signal, double seconds) {
    double value =
        switch (signal) {
          case ECG_II -> patient.ecg(seconds, signal.rate);
          case PLETH -> patient.pleth(seconds) * signal.largest;
          case ABP -> patient.pressure(seconds);
          case RESPIRATION -> patient.respiration(seconds, signal.rate);
        };
    var scale = signal.description.scale();
    return Math.round(scale == null ? value : (value - scale.offset()) / scale.gain());
  }

  private static Attribute pressure(int group, Vitals vitals) {
    return NumericValue.compound(
        List.of(
            number(group + 1, 0, MMHG, vitals.systolic(), 0),
            number(group + 2, 0, MMHG, vitals.diastolic(), 0),
            number(group + 3, 0, MMHG, vitals.meanPressure(), 0)));
  }

  private static int inAlarm(Set<MonitorAlarm> alarms, MonitorAlarm alarm) {
    return alarms.contains(alarm) ? MeasurementState.IN_ALARM : 0;
  }

  private static NumericValue number(int code, int state, int unit, double value, int decimals) {
    boolean isThere = (state & MeasurementState.UNAVAILABLE) == 0;
    var sent =
        isThere
            ? Float32.of(BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN))
            : Float32.NOT_A_NUMBER;
    return new NumericValue(code, state, unit, sent);
  }

  private static Observation object(int handle, Attribute... attributes) {
    return new Observation(CONTEXT, handle, Attributes.of(attributes));
  }
}
