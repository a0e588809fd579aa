package io.medtwin.simulator.pump;

import io.medtwin.simulator.device.Corruption;
import io.medtwin.simulator.device.Fault;
import io.medtwin.simulator.device.FaultSwitch;
import io.medtwin.simulator.device.Line;
import io.medtwin.simulator.device.ScenarioClock;
import io.medtwin.simulator.device.SimulatedDevice;
import io.medtwin.simulator.device.Worker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A rack of B. Braun Space pumps behind one ComDevice, on a virtual serial port or a TCP port: its
 * pumps deliver as scenario time goes by, and the ComDevice answers for all of them. A person at
 * its side may block a line, open it, change a syringe, pull a pump out and push it in; nobody can
 * by the line. One platform thread reads.
 */
public final class SpaceRack implements SimulatedDevice {
  private static final Logger LOG = LoggerFactory.getLogger(SpaceRack.class);
  private static final Duration LOOK_INTERVAL = Duration.ofMillis(100);
  private static final int CHECKSUM_FROM_END = 2; // last digit, before EOT

  private final String id;
  private final Line line;
  private final ScenarioClock clock;
  private final RackTalk talk;
  private final Corruption corruption;
  private final FaultSwitch faults;
  private final Worker worker;
  private RackState rack;

  /**
   * A rack that is switched off, its syringes full.
   *
   * @param line taken over by the rack
   * @param random for noise
   */
  public SpaceRack(
      String id, RackSheet sheet, Line line, ScenarioClock clock, SplittableRandom random) {
    this.id = id;
    this.line = line;
    this.clock = clock;
    this.talk = new RackTalk(sheet);
    this.corruption = Corruption.ofDigits(random, CHECKSUM_FROM_END);
    this.faults = new FaultSwitch(id, line, true);
    this.worker = new Worker(id, this::read);
    this.rack = RackState.started(sheet);
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

  /**
   * Blocks the line of a pump: after some seconds it stops and alarms.
   *
   * @throws IllegalArgumentException there is no such slot; so do the other three
   */
  public void occlude(String address) {
    change(now -> now.with(address, Infusion::occlude));
  }

  /** Opens the line of a pump and starts it again. */
  public void release(String address) {
    change(now -> now.with(address, Infusion::release));
  }

  /** Pulls a pump out of its slot; it delivers on by its battery. */
  public void pull(String address) {
    change(now -> now.with(address, false));
  }

  /** Pushes a pump into its slot again. */
  public void push(String address) {
    change(now -> now.with(address, true));
  }

  /** Requests that were damaged, unknown, or meant to change something. */
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
    line.close();
  }

  private synchronized void change(UnaryOperator<RackState> event) {
    rack = event.apply(rack.at(clock.elapsed()));
  }

  private void read() {
    var received = ByteBuffer.allocate(1024);
    try {
      while (line.read(received.clear(), LOOK_INTERVAL) >= 0) {
        answer(received.flip());
      }
    } catch (InterruptedException e) {
      LOG.debug("{}: switched off", id);
    } catch (IOException e) {
      LOG.warn("{}: its line failed; the rack answers no more", id, e);
    }
  }

  private synchronized void answer(ByteBuffer received) throws IOException {
    rack = rack.at(clock.elapsed());
    for (var answer : talk.answers(received, rack)) {
      say(answer);
    }
    var unasked = talk.unasked(rack);
    if (unasked.isPresent()) {
      say(unasked.get());
    }
  }

  private void say(byte[] frame) throws IOException {
    var shaped = faults.shape(frame, corruption);
    if (shaped.isPresent()) {
      line.send(shaped.get());
    }
  }
}
