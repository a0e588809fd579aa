package io.medtwin.simulator.pump;

import io.medtwin.simulator.device.Corruption;
import io.medtwin.simulator.device.Fault;
import io.medtwin.simulator.device.FaultSwitch;
import io.medtwin.simulator.device.ScenarioClock;
import io.medtwin.simulator.device.SerialOutlet;
import io.medtwin.simulator.device.SimulatedDevice;
import io.medtwin.simulator.device.Worker;
import io.medtwin.simulator.pty.VirtualSerialPort;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An Alaris/Asena syringe pump on a virtual serial port: it delivers as scenario time goes by, and
 * answers polls. A person at its side may block the line, open it and change the syringe; nobody
 * can by the line. One platform thread reads the port.
 */
public final class SyringePump implements SimulatedDevice {
  private static final Logger LOG = LoggerFactory.getLogger(SyringePump.class);
  private static final Duration LOOK_INTERVAL = Duration.ofMillis(500);
  private static final int CHECKSUM_FROM_END = 2; // last hex digit, before the carriage return

  private final String id;
  private final VirtualSerialPort port;
  private final ScenarioClock clock;
  private final PumpTalk talk;
  private final Corruption corruption;
  private final FaultSwitch faults;
  private final Worker worker;
  private Infusion infusion;

  /**
   * A pump that is switched off, its syringe full.
   *
   * @param port taken over by the pump
   * @param random for noise
   */
  public SyringePump(
      String id,
      PumpSheet sheet,
      VirtualSerialPort port,
      ScenarioClock clock,
      SplittableRandom random) {
    this.id = id;
    this.port = port;
    this.clock = clock;
    this.talk = new PumpTalk(sheet);
    this.corruption = Corruption.ofDigits(random, CHECKSUM_FROM_END);
    this.faults = new FaultSwitch(id, new SerialOutlet(port), true);
    this.worker = new Worker(id, this::read);
    this.infusion = Infusion.started(sheet.millilitresPerHour(), sheet.syringeMillilitres());
  }

  @Override
  public String id() {
    return id;
  }

  /** Where its serial line comes out. */
  public Path path() {
    return port.path();
  }

  @Override
  public void start() {
    worker.start();
  }

  @Override
  public void stop() {
    worker.stop();
  }

  /** Blocks the line: after some seconds the pump stops and alarms {@code AL_OCCLU}. */
  public synchronized void occlude() {
    infusion = infusion.at(clock.elapsed()).occlude();
  }

  /** Opens the line and starts the pump again. */
  public synchronized void release() {
    infusion = infusion.at(clock.elapsed()).release();
  }

  /** Fits a full syringe and starts the pump. */
  public synchronized void refill() {
    infusion = infusion.at(clock.elapsed()).refill();
  }

  /** Volume infused at this moment, ml. */
  public synchronized double infusedMillilitres() {
    infusion = infusion.at(clock.elapsed());
    return infusion.infused() / 1e6;
  }

  /** Requests it did not answer: damaged, unknown, or meant to change the infusion. */
  public synchronized long ignoredRequests() {
    return talk.ignored();
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
    port.close();
  }

  private void read() {
    var received = ByteBuffer.allocate(1024);
    try {
      while (port.read(received.clear(), LOOK_INTERVAL) >= 0) {
        answer(received.flip());
      }
    } catch (InterruptedException e) {
      LOG.debug("{}: switched off", id);
    } catch (IOException e) {
      LOG.warn("{}: its serial line failed; the pump answers no more", id, e);
    }
  }

  private synchronized void answer(ByteBuffer received) throws IOException {
    if (!received.hasRemaining()) {
      return;
    }
    infusion = infusion.at(clock.elapsed());
    for (var answer : talk.answers(received, infusion)) {
      var shaped = faults.shape(answer, corruption);
      if (shaped.isPresent()) {
        port.write(ByteBuffer.wrap(shaped.get()));
      }
    }
  }
}
