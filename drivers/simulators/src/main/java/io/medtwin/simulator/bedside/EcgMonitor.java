package io.medtwin.simulator.bedside;

import io.medtwin.driver.ivy450c.AnsarBCodec;
import io.medtwin.driver.ivy450c.AnsarBLine;
import io.medtwin.driver.ivy450c.AnsarBMessage;
import io.medtwin.driver.ivy450c.AnsarBMessage.Wave;
import io.medtwin.simulator.device.Broadcast;
import io.medtwin.simulator.physiology.Patient;
import io.medtwin.simulator.physiology.Vitals;
import java.nio.IntBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/**
 * An Ivy 450C monitor: one ANSAR-B message a second with the ECG, breathing, pulse wave and
 * arterial pressure of the second that has just gone by. Second transducer and thermometers are not
 * connected.
 */
public final class EcgMonitor implements Broadcast<byte[]> {
  private static final int RESPIRATION_MIDDLE = 127;
  private static final int RESPIRATION_SWING = 100;
  private static final int PLETH_SWING = 100;
  private static final int NO_TRANSDUCER = 0xFB;
  private static final int NIBP_EVERY_SECONDS = 300;

  private final Patient patient;

  /** A monitor on {@code patient}. */
  public EcgMonitor(Patient patient) {
    this.patient = patient;
  }

  @Override
  public double ticksPerSecond() {
    return 1;
  }

  @Override
  public byte[] at(long tick) {
    double begin = tick - 1;
    var waves = new EnumMap<Wave, IntBuffer>(Wave.class);
    for (var wave : Wave.values()) {
      waves.put(wave, counts(wave, begin, signal(wave)));
    }
    return AnsarBCodec.encode(new AnsarBMessage(waves, lines(tick)));
  }

  /** Value of a wave at a moment; the codec's scale makes counts of it. */
  private DoubleUnaryOperator signal(Wave wave) {
    return switch (wave) {
      case ECG -> t -> patient.ecg(t, wave.count());
      case RESPIRATION ->
          t -> RESPIRATION_MIDDLE + RESPIRATION_SWING * patient.respiration(t, wave.count());
      case PLETHYSMOGRAM -> t -> PLETH_SWING * patient.pleth(t);
      case PRESSURE_1 -> patient::pressure;
      case PRESSURE_2 -> t -> NO_TRANSDUCER + wave.offset();
    };
  }

  private static IntBuffer counts(Wave wave, double begin, DoubleUnaryOperator signal) {
    var counts = new int[wave.count()];
    for (int i = 0; i < counts.length; i++) {
      double value = signal.applyAsDouble(begin + i / (double) wave.count());
      long count = Math.round((value - wave.offset()) / wave.gain());
      counts[i] = Math.clamp(count, 0, AnsarBMessage.MAX_COUNT);
    }
    return IntBuffer.wrap(counts);
  }

  private List<AnsarBLine> lines(long tick) {
    var now = patient.vitals(tick);
    long cuffed = tick - Math.floorMod(tick, NIBP_EVERY_SECONDS);
    Vitals cuff = patient.vitals(cuffed);
    return List.of(
        AnsarBLine.of("HR", "1", text(now.heartRate()), "ECG-II-DIAG", ""),
        AnsarBLine.of("RR", "1", text(now.respiratoryRate()), "APNEA: 20 SEC", ""),
        AnsarBLine.of("ETCO2", "1", "", "", ""),
        AnsarBLine.of("SPO2", "1", text(now.spo2()), "PR=" + text(now.heartRate()) + " ", ""),
        AnsarBLine.of(
            "NIBP",
            "4",
            text(cuff.systolic()),
            text(cuff.diastolic()),
            text(cuff.meanPressure()),
            text(cuff.heartRate()),
            "",
            ""),
        AnsarBLine.of(
            "P1",
            "3",
            text(now.systolic()),
            text(now.diastolic()),
            text(now.meanPressure()),
            "",
            ""),
        AnsarBLine.of("P2", "3", "", "", "", "NO TRANSDUCER", ""),
        AnsarBLine.of("T1", "1", "", "", ""),
        AnsarBLine.of("T2", "1", "", "", ""));
  }

  private static String text(double value) {
    return String.format(Locale.ROOT, "%d", Math.round(value));
  }
}
