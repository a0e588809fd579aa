package io.medtwin.simulator.device;

import java.io.IOException;
import java.util.Set;

/** The device side of one protocol on its wire. Methods may be called by any thread. */
public interface SimulatedDevice extends AutoCloseable {

  /** Its name in the scenario, {@code bed1-pump}. */
  String id();

  /**
   * Switches it on. Does nothing on a running device.
   *
   * @throws IOException the wire cannot be set up
   */
  void start() throws IOException;

  /** Switches it off: it stops talking, and its wire stays where it is. */
  void stop();

  /**
   * Lays a fault on it, in place of the one before.
   *
   * @throws IllegalArgumentException it is not one of {@link #possibleFaults}
   * @throws IOException the wire cannot be taken away or brought back
   */
  void fault(Fault fault) throws IOException;

  /** The fault that lies on it now. */
  Fault fault();

  /** The faults that make sense for it; always with {@link Fault#NONE}. */
  Set<Fault> possibleFaults();

  /** Switches it off and gives its wire back. May be called more than once. */
  @Override
  void close();
}
