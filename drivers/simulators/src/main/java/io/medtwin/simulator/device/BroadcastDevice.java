package io.medtwin.simulator.device;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A device that talks unasked: at each tick of its {@link Broadcast} what it says goes to its
 * {@link Outlet}, in the shape the fault of the moment gives it.
 *
 * @param <M> bytes or messages
 */
public final class BroadcastDevice<M> implements SimulatedDevice {
  private static final Logger LOG = LoggerFactory.getLogger(BroadcastDevice.class);

  private final String id;
  private final Broadcast<M> broadcast;
  private final Outlet<M> outlet;
  private final FaultSwitch faults;
  private final UnaryOperator<M> noise;
  private final UnaryOperator<M> wrongChecksum;
  private final Pacer pacer;
  private final AtomicLong failures = new AtomicLong();

  private BroadcastDevice(
      String id,
      Broadcast<M> broadcast,
      Outlet<M> outlet,
      FaultSwitch faults,
      UnaryOperator<M> noise,
      UnaryOperator<M> wrongChecksum,
      double speed) {
    this.id = id;
    this.broadcast = broadcast;
    this.outlet = outlet;
    this.faults = faults;
    this.noise = noise;
    this.wrongChecksum = wrongChecksum;
    this.pacer = new Pacer(id, broadcast.ticksPerSecond() * speed, this::tick);
  }

  /**
   * A device on a line of bytes.
   *
   * @param speed seconds of scenario for a second of real time, more than 0
   */
  public static BroadcastDevice<byte[]> ofBytes(
      String id,
      Broadcast<byte[]> broadcast,
      Outlet<byte[]> outlet,
      Corruption corruption,
      double speed) {
    return new BroadcastDevice<>(
        id,
        broadcast,
        outlet,
        new FaultSwitch(id, outlet, corruption.knowsChecksum()),
        corruption::noise,
        corruption::wrongChecksum,
        speed);
  }

  /**
   * A device that sends messages, which have no checksum of their own.
   *
   * @param noise what noise makes of a message
   * @param speed seconds of scenario for a second of real time, more than 0
   */
  public static <M> BroadcastDevice<M> ofMessages(
      String id, Broadcast<M> broadcast, Outlet<M> outlet, UnaryOperator<M> noise, double speed) {
    return new BroadcastDevice<>(
        id, broadcast, outlet, new FaultSwitch(id, outlet, false), noise, said -> said, speed);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public void start() throws IOException {
    if (faults.now() != Fault.UNPLUG) {
      outlet.plug();
    }
    pacer.start();
  }

  @Override
  public void stop() {
    pacer.stop();
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
    pacer.stop();
    outlet.close();
  }

  private void tick(long tick) {
    var said = broadcast.at(tick); // under a fault, too: the patient lives on
    try {
      var shaped = faults.shape(said, noise, wrongChecksum);
      if (shaped.isPresent()) {
        outlet.send(shaped.get());
      }
    } catch (IOException e) {
      if (failures.getAndIncrement() == 0) {
        LOG.warn("{}: sending failed, going on; further failures are only counted", id, e);
      }
    }
  }
}
