package io.medtwin.simulator.pump;

import io.medtwin.simulator.device.Corruption;
import io.medtwin.simulator.device.Fault;
import io.medtwin.simulator.device.FaultSwitch;
import io.medtwin.simulator.device.Line;
import io.medtwin.simulator.device.ScenarioClock;
import io.medtwin.simulator.device.SimulatedDevice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
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
  private RackState rack;
  private @Nullable Thread reader;

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
    this.corruption = Corruption.of(random, SpaceRack::withWrongChecksum);
    this.faults = new FaultSwitch(id, line, true);
    this.rack = RackState.started(sheet);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public synchronized void start() {
    if (reader == null) {
      reader = Thread.ofPlatform().daemon().name("simulator-" + id).start(this::read);
    }
  }

  @Override
  public void stop() {
    Thread running;
    synchronized (this) {
      running = reader;
      reader = null;
    }
    if (running != null) {
      running.interrupt();
    }
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
    switch (faults.now()) {
      case NONE -> line.send(frame);
      case NOISE -> line.send(corruption.noise(frame));
      case WRONG_CHECKSUM -> line.send(corruption.wrongChecksum(frame));
      case SILENCE, UNPLUG -> {}
    }
  }

  private static byte[] withWrongChecksum(byte[] frame) {
    int at = frame.length - CHECKSUM_FROM_END;
    frame[at] = (byte) (frame[at] == '0' ? '1' : '0');
    return frame;
  }
}
