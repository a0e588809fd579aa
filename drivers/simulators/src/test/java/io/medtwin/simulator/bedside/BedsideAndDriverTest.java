package io.medtwin.simulator.bedside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.medtwin.driver.ivy450c.Ivy450CDriver;
import io.medtwin.driver.noninoem3.NoninOem3Driver;
import io.medtwin.simulator.device.Broadcast;
import io.medtwin.simulator.device.Corruption;
import io.medtwin.simulator.physiology.Patient;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Samples;
import io.medtwin.spi.StreamDriver;
import io.medtwin.spi.transport.BufferedStreamLink;
import io.medtwin.testkit.RecordingSession;
import io.medtwin.testkit.ScriptedByteWire;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The real drivers over what the simulated devices say. */
class BedsideAndDriverTest {
  private static final int SECONDS = 30;
  private final Patient patient = new Patient(11);

  @Test
  void theMonitorsNumbersAndWavesAreThoseOfThePatient() {
    var session = run(new Ivy450CDriver(), new EcgMonitor(patient), UnaryOperator.identity());
    var now = patient.vitals(SECONDS - 1);

    assertThat(number(session, "heart-rate")).isEqualTo(now.heartRate(), within(0.51));
    assertThat(number(session, "spo2")).isEqualTo(now.spo2(), within(0.51));
    assertThat(number(session, "resp-rate")).isEqualTo(now.respiratoryRate(), within(0.51));
    assertThat(number(session, "p1-systolic")).isEqualTo(now.systolic(), within(0.51));
    assertThat(session.readings("heart-rate")).hasSize(SECONDS);
    assertThat(session.last("ecg").orElseThrow().value())
        .isInstanceOfSatisfying(
            Samples.class,
            ecg -> {
              assertThat(ecg.raw().remaining()).isEqualTo(200);
              double first = ecg.raw().get(0) * ecg.gain() + ecg.offset();
              assertThat(first).isEqualTo(patient.ecg(SECONDS - 2, 200), within(0.011));
            });
    assertThat(session.discardedBytes()).isZero();
  }

  @Test
  void theOximetersNumbersAreThoseOfThePatient() {
    var session = run(new NoninOem3Driver(), new PulseOximeter(patient), UnaryOperator.identity());
    var now = patient.vitals(SECONDS - 1);

    assertThat(number(session, "pulse-rate")).isEqualTo(now.heartRate(), within(1.5));
    assertThat(number(session, "spo2")).isEqualTo(now.spo2(), within(0.6));
    assertThat(session.readings("pleth")).hasSizeGreaterThan(SECONDS * 3 - 4);
  }

  @Test
  void framesWithAWrongChecksumSayNothing() {
    var session =
        run(
            new NoninOem3Driver(),
            new PulseOximeter(patient),
            frame -> PulseOximeter.withWrongChecksum(frame.clone()));

    assertThat(session.reports()).isEmpty();
    assertThat(session.discardedBytes()).isPositive();
  }

  @Test
  void throughNoiseTheDriverFindsItsFrames() {
    var noise = Corruption.withoutChecksum(new SplittableRandom(5));
    var session = run(new Ivy450CDriver(), new EcgMonitor(patient), noise::noise);

    assertThat(session.readings("heart-rate")).hasSizeBetween(SECONDS / 2, SECONDS);
    assertThat(session.discardedBytes()).isPositive();
  }

  private static RecordingSession run(
      StreamDriver driver, Broadcast<byte[]> device, UnaryOperator<byte[]> line) {
    var said = new ByteArrayOutputStream();
    for (long tick = 0; tick < SECONDS * device.ticksPerSecond(); tick++) {
      said.writeBytes(line.apply(device.at(tick)));
    }
    var session = new RecordingSession();
    var wire = ScriptedByteWire.of(said.toByteArray(), 64);
    assertThatThrownBy(
            () -> driver.run(new BufferedStreamLink(wire, LinkKind.SERIAL, "line"), session))
        .isInstanceOf(EOFException.class);
    return session;
  }

  private static double number(RecordingSession session, String parameter) {
    return ((Numeric) session.last(parameter).orElseThrow().value()).amount().doubleValue();
  }
}
