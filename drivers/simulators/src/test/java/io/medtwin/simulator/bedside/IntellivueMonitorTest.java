package io.medtwin.simulator.bedside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.medtwin.driver.philipsintellivue.PhilipsIntellivueDriver;
import io.medtwin.driver.philipsintellivue.wire.ObjectClass;
import io.medtwin.driver.philipsintellivue.wire.ObjectId;
import io.medtwin.driver.philipsintellivue.wire.Pdu;
import io.medtwin.driver.philipsintellivue.wire.PduCodec;
import io.medtwin.driver.philipsintellivue.wire.UserInformation;
import io.medtwin.simulator.device.Fault;
import io.medtwin.simulator.device.ScenarioClock;
import io.medtwin.simulator.device.UdpOutlet;
import io.medtwin.simulator.physiology.Patient;
import io.medtwin.simulator.pty.VirtualSerialPort;
import io.medtwin.spi.Absent;
import io.medtwin.spi.Alert;
import io.medtwin.spi.DeviceException;
import io.medtwin.spi.DeviceTime;
import io.medtwin.spi.Identity;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Report;
import io.medtwin.spi.Samples;
import io.medtwin.spi.Session;
import io.medtwin.spi.Setting;
import io.medtwin.spi.SilenceException;
import io.medtwin.spi.transport.BufferedStreamLink;
import io.medtwin.spi.transport.ByteWire;
import io.medtwin.spi.transport.Transport;
import io.medtwin.testkit.RecordingSession;
import io.medtwin.transports.serial.SerialConfig;
import io.medtwin.transports.serial.SerialTransport;
import io.medtwin.transports.udp.UdpConfig;
import io.medtwin.transports.udp.UdpTransport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The real driver in conversation with the simulated monitor: without a clock, and on true wires.
 */
@Timeout(120)
class IntellivueMonitorTest {
  private static final int PATIENCE_SECONDS = 60;

  private final Patient patient = new Patient(11);

  @Test
  void numbersAndWavesAreThoseOfThePatient() {
    var session = new RecordingSession();
    int seconds = 95;
    converse(session, new MonitorTalk(patient, "0009FB000001"), seconds, any -> {});
    var now = patient.vitals(seconds);

    assertThat(number(session, "heart-rate")).isEqualTo(now.heartRate(), within(1.01));
    assertThat(number(session, "spo2")).isEqualTo(now.spo2(), within(0.1));
    assertThat(number(session, "abp-systolic")).isEqualTo(now.systolic(), within(1.01));
    assertThat(session.readings("nbp-mean")).as("measured once, told once").hasSize(1);
    assertThat(session.readings("heart-rate").size()).isBetween(seconds - 3, seconds);
    assertThat(session.discarded()).as("streams were renewed without a gap").isEmpty();
    assertThat(session.last("ecg-ii").orElseThrow().value())
        .isInstanceOfSatisfying(
            Samples.class, ecg -> assertThat(ecg.raw().remaining()).isEqualTo(64));
  }

  @Test
  void theEcgThatArrivesIsTheEcgThatWasRecorded() {
    var session = new RecordingSession();
    converse(session, new MonitorTalk(patient, "0009FB000001"), 20, any -> {});

    var first = session.readings("ecg-ii").getFirst();
    var ecg = (Samples) first.value();
    double begin =
        (((DeviceTime.Ticks) Objects.requireNonNull(first.time())).count() - 800_000) / 8_000.0;
    for (int i = 0; i < ecg.raw().remaining(); i++) {
      double sent = ecg.raw().get(i) * ecg.gain() + ecg.offset();
      assertThat(sent).isEqualTo(patient.ecg(begin + i / 250.0, 250), within(0.0026));
    }
  }

  @Test
  void twoRunsOfOneSeedSayTheSame() {
    var first = new RecordingSession();
    var second = new RecordingSession();
    converse(first, new MonitorTalk(new Patient(3), "0009FB000001"), 12, any -> {});
    converse(second, new MonitorTalk(new Patient(3), "0009FB000001"), 12, any -> {});

    assertThat(second.lines()).isEqualTo(first.lines()).isNotEmpty();
  }

  @Test
  void anAlarmStartsAndEndsAndASensorThatFellOffHasNoValue() {
    var session = new RecordingSession();
    var talk = new MonitorTalk(patient, "0009FB000001");
    converse(
        session,
        talk,
        20,
        second -> {
          if (second == 8) {
            talk.raise(MonitorAlarm.TACHYCARDIA);
            talk.raise(MonitorAlarm.SATURATION_SENSOR_OFF);
          } else if (second == 14) {
            talk.clear(MonitorAlarm.TACHYCARDIA);
          }
        });

    assertThat(session.reports(Alert.class))
        .extracting(alert -> alert.phase() + " " + alert.text() + " " + alert.priority())
        .containsExactly(
            "START ***TACHY HIGH", "START SpO2 SENSOR OFF MEDIUM", "END ***TACHY HIGH");
    assertThat(session.last("spo2").orElseThrow().value())
        .isEqualTo(new Absent(Absent.Reason.NOT_AVAILABLE));
    assertThat(session.readings("in-alarm")).hasSize(3);
  }

  @Test
  void aQuestionAboutWhoIsMonitoredGetsAnErrorAndIsCounted() {
    var talk = new MonitorTalk(patient, "0009FB000001");
    var now = Duration.ofSeconds(1);
    talk.answers(
        new Pdu.AssociationRequest(
            new UserInformation(0x80000000L, 0x20000000L, 80_000, 1456, 1456, 0, 0, 0x8C000000L)),
        now);
    talk.answers(new Pdu.EventResult(1, ObjectId.MONITOR, 0, Pdu.MDS_CREATE), now);

    assertThat(
            talk.answers(
                new Pdu.PollRequest(7, new Pdu.Polled(0, ObjectClass.DEMOGRAPHICS, 0x0807), null),
                now))
        .hasOnlyElementsOfType(Pdu.Failure.class);
    assertThat(talk.refused()).isOne();
  }

  @Test
  void theDriverReadsItOverRealUdp() throws Exception {
    var outlet = new UdpOutlet(0);
    try (var monitor =
        IntellivueMonitor.onUdp(
            "bed1-monitor", patient, outlet, ScenarioClock.running(1), new SplittableRandom(1))) {
      monitor.start();
      var transport = new UdpTransport(UdpConfig.toPeer("127.0.0.1", outlet.address().getPort()));
      try (var run = new Run(transport)) {
        checkIdentityNumbersAndWaves(run);
        monitor.raise(MonitorAlarm.SATURATION_LOW);
        run.await(report -> report instanceof Alert alert && alert.text().contains("SpO2 LOW"));

        var second = new UdpTransport(UdpConfig.toPeer("127.0.0.1", outlet.address().getPort()));
        try (var stranger = new Run(second)) {
          assertThat(stranger.end()).as("one client at a time").isInstanceOf(DeviceException.class);
        }
        monitor.fault(Fault.SILENCE);
        assertThat(run.end()).isInstanceOf(SilenceException.class);
      }
      assertThat(monitor.refusedRequests()).isZero();
    }
  }

  @Test
  void theDriverReadsItOverASerialLine() throws Exception {
    var port = VirtualSerialPort.open();
    try (var monitor =
        IntellivueMonitor.onSerial(
            "bed2-monitor", patient, port, ScenarioClock.running(1), new SplittableRandom(2))) {
      monitor.start();
      var transport = new SerialTransport(SerialConfig.parse(port.path().toString(), "115200 8N1"));
      try (var run = new Run(transport)) {
        checkIdentityNumbersAndWaves(run);
        monitor.fault(Fault.UNPLUG);
        assertThat(run.end()).isInstanceOf(IOException.class);
      }
    }
  }

  private static void checkIdentityNumbersAndWaves(Run run) throws Exception {
    run.await(
        report ->
            report instanceof Identity identity
                && "M8003A".equals(identity.attributes().get(Identity.Attribute.MODEL)));
    run.await(
        report ->
            report instanceof Reading reading
                && reading.parameter().equals("ecg-ii")
                && reading.value() instanceof Samples);
    run.await(
        report ->
            report instanceof Reading reading
                && reading.parameter().equals("heart-rate")
                && reading.value() instanceof Numeric);
  }

  /** Converses for so many seconds of scenario; then the monitor falls silent. */
  private static void converse(
      RecordingSession session, MonitorTalk talk, int seconds, IntConsumer eachSecond) {
    var wire = new ScenarioWire(talk, seconds, eachSecond);

    assertThatThrownBy(
            () ->
                new PhilipsIntellivueDriver()
                    .run(new BufferedStreamLink(wire, LinkKind.UDP, "monitor"), session))
        .isInstanceOf(IOException.class)
        .hasMessage("the scenario is over");
  }

  private static double number(RecordingSession session, String parameter) {
    var value = session.last(parameter).orElseThrow().value();
    return ((Numeric) value).amount().doubleValue();
  }

  /** Time goes by while the driver waits, and not otherwise. */
  private static final class ScenarioWire implements ByteWire {
    private static final Duration STEP = Duration.ofMillis(32);

    private final MonitorTalk talk;
    private final Duration end;
    private final IntConsumer eachSecond;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private Duration now = Duration.ZERO;

    ScenarioWire(MonitorTalk talk, int seconds, IntConsumer eachSecond) {
      this.talk = talk;
      this.end = Duration.ofSeconds(seconds);
      this.eachSecond = eachSecond;
    }

    @Override
    public int read(ByteBuffer into, Duration atMost) throws IOException {
      var silent = Duration.ZERO;
      while (said.size() == 0) {
        if (silent.compareTo(atMost) >= 0) {
          return 0;
        }
        var next = now.plus(STEP);
        if (next.toSeconds() > now.toSeconds()) {
          eachSecond.accept((int) next.toSeconds());
        }
        now = next;
        silent = silent.plus(STEP);
        if (now.compareTo(end) > 0) {
          throw new IOException("the scenario is over");
        }
        talk.due(now).forEach(pdu -> said.writeBytes(PduCodec.encode(pdu)));
      }
      var bytes = said.toByteArray();
      int count = Math.min(bytes.length, into.remaining());
      into.put(bytes, 0, count);
      said.reset();
      said.write(bytes, count, bytes.length - count);
      return count;
    }

    @Override
    public void write(ByteBuffer bytes) {
      var copy = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
      talk.answers(PduCodec.decode(copy).orElseThrow(), now)
          .forEach(pdu -> said.writeBytes(PduCodec.encode(pdu)));
    }

    @Override
    public void close() {}
  }

  /** The driver on a thread of its own, over a transport. */
  private static final class Run implements AutoCloseable {
    private final ByteWire wire;
    private final Thread thread;
    private final BlockingQueue<Report> reports = new LinkedBlockingQueue<>();
    private final BlockingQueue<Exception> ends = new LinkedBlockingQueue<>();

    Run(Transport transport) throws Exception {
      wire = (ByteWire) transport.open();
      var link = new BufferedStreamLink(wire, transport.kind(), transport.name());
      thread = Thread.ofPlatform().daemon().start(() -> run(link));
    }

    private void run(BufferedStreamLink link) {
      try {
        new PhilipsIntellivueDriver().run(link, new QueueSession(reports));
      } catch (IOException | InterruptedException e) {
        ends.add(e);
      }
    }

    void await(Predicate<Report> wanted) throws InterruptedException {
      while (true) {
        var report = reports.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(report).as("reports go on; ended by %s", ends).isNotNull();
        if (wanted.test(report)) {
          return;
        }
      }
    }

    Exception end() throws InterruptedException {
      var end = ends.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(end).as("the session ends").isNotNull();
      return end;
    }

    @Override
    public void close() throws Exception {
      wire.close();
      thread.interrupt();
      thread.join(Duration.ofSeconds(PATIENCE_SECONDS));
    }
  }

  /** Keeps reports for another thread. */
  private record QueueSession(BlockingQueue<Report> reports) implements Session {
    @Override
    public void emit(Report report) {
      reports.add(report);
    }

    @Override
    public void discard(String why, int bytes) {}

    @Override
    public <T> T setting(Setting<T> setting) {
      return setting.defaultValue();
    }

    @Override
    public Duration elapsed() {
      return Duration.ZERO;
    }

    @Override
    public Session device(String id) {
      return this;
    }
  }
}
