package io.medtwin.simulator.physiology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PatientTest {
  @Test
  void theSameSeedIsTheSamePatient() {
    var one = new Patient(7);
    var other = new Patient(7);
    other.vitals(500); // asking out of order changes nothing

    for (int i = 0; i < 2000; i++) {
      double t = i / 200.0;
      assertThat(one.ecg(t, 200)).isEqualTo(other.ecg(t, 200));
      assertThat(one.pressure(t)).isEqualTo(other.pressure(t));
    }
    assertThat(one.vitals(9)).isEqualTo(other.vitals(9));
    assertThat(new Patient(8).vitals(9)).isNotEqualTo(one.vitals(9));
  }

  @Test
  void valuesStayWithinWhatALivingBodyHas() {
    for (long seed = 0; seed < 20; seed++) {
      var patient = new Patient(seed);
      for (int t = 0; t < 4000; t += 13) {
        var vitals = patient.vitals(t);
        assertThat(vitals.heartRate()).isBetween(50.0, 120.0);
        assertThat(vitals.spo2()).isBetween(90.0, 100.0);
        assertThat(vitals.respiratoryRate()).isBetween(8.0, 40.0);
        assertThat(vitals.temperature()).isBetween(36.0, 38.0);
        assertThat(vitals.systolic()).isGreaterThan(vitals.meanPressure());
        assertThat(vitals.meanPressure()).isGreaterThan(vitals.diastolic());
        assertThat(patient.pleth(t)).isBetween(-0.01, 1.01);
        assertThat(patient.ecg(t, 200)).isBetween(-3.0, 3.0);
      }
    }
  }

  @Test
  void heartRateIsTheOneInTheSignalThatWasResampled() {
    var patient = new Patient(3);
    var ecg = new double[200 * 120];
    for (int i = 0; i < ecg.length; i++) {
      ecg[i] = patient.ecg(i / 200.0, 200);
    }
    int[] beats = BeatDetector.beats(ecg, 200);
    int last = beats.length - 1;
    double counted = 60.0 * 8 / ((beats[last] - beats[last - 8]) / 200.0);

    assertThat(patient.vitals(beats[last] / 200.0 + 0.1).heartRate())
        .isEqualTo(counted, within(1.0));
    assertThat(patient.beatIntervals(0, 120)).hasSizeBetween(beats.length - 2, beats.length + 2);
  }

  @Test
  void aPulseFollowsEachBeat() {
    var patient = new Patient(4);
    int rises = 0;
    boolean low = true;
    for (int i = 0; i < 60 * 75; i++) {
      double height = patient.pleth(i / 75.0);
      if (low && height > 0.8) {
        rises++;
        low = false;
      } else if (height < 0.3) {
        low = true;
      }
    }

    assertThat(rises)
        .isBetween(
            patient.beatIntervals(0, 60).size() - 2, patient.beatIntervals(0, 60).size() + 2);
  }
}
