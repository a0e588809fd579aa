package io.medtwin.simulator.bedside;

import io.medtwin.driver.philipsintellivue.wire.Pdu;
import io.medtwin.driver.philipsintellivue.wire.PduCodec;
import io.medtwin.driver.philipsintellivue.wire.SerialFrame;
import io.medtwin.simulator.device.Corruption;
import io.medtwin.simulator.device.Fault;
import io.medtwin.simulator.device.FaultSwitch;
import io.medtwin.simulator.device.Outlet;
import io.medtwin.simulator.device.ScenarioClock;
import io.medtwin.simulator.device.SerialOutlet;
import io.medtwin.simulator.device.SimulatedDevice;
import io.medtwin.simulator.device.UdpOutlet;
import io.medtwin.simulator.device.Worker;
import io.medtwin.simulator.physiology.Patient;
import io.medtwin.simulator.pty.VirtualSerialPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Philips IntelliVue monitor that exports data: on a UDP port, or in frames on a virtual serial
 * port. It takes one client; others are refused while that one asks. A person at its side may raise
 * alarms. One platform thread hears and talks.
 */
public final class IntellivueMonitor implements SimulatedDevice {
  private static final Logger LOG = LoggerFactory.getLogger(IntellivueMonitor.class);
  private static final Duration LOOK_INTERVAL = Duration.ofMillis(20);

  private final String id;
  private final Ear ear;
  private final Outlet<byte[]> outlet;
  private final ScenarioClock clock;
  private final MonitorTalk talk;
  private final Corruption corruption;
  private final FaultSwitch faults;
  private final Worker worker;
  private @Nullable Object client;

  /** What came: a message, and from whom. */
  private record Heard(Object from, ByteBuffer message) {}

  /** Where messages come from and go to. */
  private interface Ear {
    Optional<Heard> hear(Duration atMost) throws IOException, InterruptedException;

    /** Messages to the client as they go over the wire. */
    byte[] framed(byte[] message);

    /** From now on this one is the client. */
    void talkTo(Object who);

    /** Says something to one who is not the client. */
    void refuse(Object who, byte[] message) throws IOException;
  }

  private IntellivueMonitor(
      String id,
      Ear ear,
      Outlet<byte[]> outlet,
      Patient patient,
      ScenarioClock clock,
      Corruption corruption,
      boolean hasChecksum) {
    this.id = id;
    this.ear = ear;
    this.outlet = outlet;
    this.clock = clock;
    this.talk = new MonitorTalk(patient, "0009FB" + "%06X".formatted(id.hashCode() & 0xFFFFFF));
    this.corruption = corruption;
    this.faults = new FaultSwitch(id, outlet, hasChecksum);
    this.worker = new Worker(id, this::converse);
  }

  /**
   * A monitor on a UDP port, switched off.
   *
   * @param outlet taken over by the monitor
   * @param random for noise
   */
  public static IntellivueMonitor onUdp(
      String id, Patient patient, UdpOutlet outlet, ScenarioClock clock, SplittableRandom random) {
    return new IntellivueMonitor(
        id, new UdpEar(outlet), outlet, patient, clock, Corruption.withoutChecksum(random), false);
  }

  /**
   * A monitor on a serial port, switched off.
   *
   * @param port taken over by the monitor
   * @param random for noise
   */
  public static IntellivueMonitor onSerial(
      String id,
      Patient patient,
      VirtualSerialPort port,
      ScenarioClock clock,
      SplittableRandom random) {
    return new IntellivueMonitor(
        id,
        new SerialEar(port),
        new SerialOutlet(port),
        patient,
        clock,
        Corruption.of(random, IntellivueMonitor::withWrongChecksum),
        true);
  }

  /** Raises an alarm until it is cleared. */
  public synchronized void raise(MonitorAlarm alarm) {
    talk.raise(alarm);
  }

  /** Clears an alarm. */
  public synchronized void clear(MonitorAlarm alarm) {
    talk.clear(alarm);
  }

  /** Requests that it refused: for demographics, or to change more than the export of waves. */
  public synchronized long refusedRequests() {
    return talk.refused();
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public void start() {
    worker.start();
  }

  @Override
  public void stop() {
    worker.stop();
  }

  @Override
  public void fault(Fault fault) throws IOException {
    faults.set(fault);
  }

  @Override
  public Fault fault() {
    return faults.now();
  }

  @Override
  public Set<Fault> possibleFaults() {
    return faults.possible();
  }

  @Override
  public void close() {
    stop();
    outlet.close();
  }

  private void converse() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        var heard = ear.hear(LOOK_INTERVAL);
        if (heard.isPresent()) {
          answer(heard.get());
        }
        sayWhatIsDue();
      }
    } catch (InterruptedException e) {
      LOG.debug("{}: switched off", id);
    } catch (IOException e) {
      LOG.warn("{}: its wire failed; the monitor talks no more", id, e);
    }
  }

  private synchronized void answer(Heard heard) throws IOException {
    var message = PduCodec.decode(heard.message());
    if (message.isEmpty()) {
      return;
    }
    var now = clock.elapsed();
    boolean isStranger = talk.isConnected(now) && !heard.from().equals(client);
    if (isStranger) {
      if (message.get() instanceof Pdu.AssociationRequest) {
        ear.refuse(heard.from(), PduCodec.encode(new Pdu.AssociationRefuse()));
      }
      return;
    }
    client = heard.from();
    ear.talkTo(heard.from());
    for (var answer : talk.answers(message.get(), now)) {
      say(answer);
    }
  }

  private synchronized void sayWhatIsDue() throws IOException {
    for (var due : talk.due(clock.elapsed())) {
      say(due);
    }
  }

  private void say(Pdu pdu) throws IOException {
    var shaped = faults.shape(ear.framed(PduCodec.encode(pdu)), corruption);
    if (shaped.isPresent()) {
      outlet.send(shaped.get());
    }
  }

  /** The first byte of the header, which the check covers, with one bit changed. */
  private static byte[] withWrongChecksum(byte[] frame) {
    frame[1] ^= 1;
    return frame;
  }

  private record UdpEar(UdpOutlet outlet) implements Ear {
    @Override
    public Optional<Heard> hear(Duration atMost) throws IOException {
      return outlet
          .receive(atMost)
          .map(datagram -> new Heard(datagram.from(), ByteBuffer.wrap(datagram.bytes())));
    }

    @Override
    public byte[] framed(byte[] message) {
      return message;
    }

    @Override
    public void talkTo(Object who) {
      outlet.talkTo((InetSocketAddress) who);
    }

    @Override
    public void refuse(Object who, byte[] message) throws IOException {
      outlet.sendTo((InetSocketAddress) who, message);
    }
  }

  /** Collects frames; a message longer than a frame may be begins anew. */
  private static final class SerialEar implements Ear {
    private static final Object LINE = "line";

    private final VirtualSerialPort port;
    private final ByteBuffer received = ByteBuffer.allocate(4096).flip();
    private final byte[] frame = new byte[SerialFrame.MAX_BYTES];
    private int count;

    SerialEar(VirtualSerialPort port) {
      this.port = port;
    }

    @Override
    public Optional<Heard> hear(Duration atMost) throws IOException, InterruptedException {
      if (!received.hasRemaining()) {
        int read = port.read(received.clear(), atMost);
        received.flip();
        if (read < 0) {
          throw new InterruptedException("the port was closed");
        }
      }
      while (received.hasRemaining()) {
        int next = Byte.toUnsignedInt(received.get());
        if (next == SerialFrame.START || count == frame.length) {
          count = 0;
        }
        frame[count++] = (byte) next;
        if (next == SerialFrame.END) {
          int length = count;
          count = 0;
          var payload = SerialFrame.decode(ByteBuffer.wrap(frame, 0, length).slice());
          if (payload.isPresent()) {
            return Optional.of(new Heard(LINE, payload.get()));
          }
        }
      }
      return Optional.empty();
    }

    @Override
    public byte[] framed(byte[] message) {
      return SerialFrame.encode(message);
    }

    @Override
    public void talkTo(Object who) {
      // a line has one other end
    }

    @Override
    public void refuse(Object who, byte[] message) {
      // a line has one other end, which is never a stranger
    }
  }
}
