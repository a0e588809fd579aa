package io.medtwin.simulator.device;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/** Which fault lies on a device, and what that does to its wire. Safe for use by any thread. */
public final class FaultSwitch {
  private final String id;
  private final Outlet<?> outlet;
  private final Set<Fault> possible;
  private volatile Fault now = Fault.NONE;

  /** No fault yet. */
  public FaultSwitch(String id, Outlet<?> outlet, boolean hasChecksum) {
    this.id = id;
    this.outlet = outlet;
    this.possible = EnumSet.allOf(Fault.class);
    if (!hasChecksum) {
      possible.remove(Fault.WRONG_CHECKSUM);
    }
  }

  /** The fault of the moment. */
  public Fault now() {
    return now;
  }

  /** Faults that may be laid on. */
  public Set<Fault> possible() {
    return Set.copyOf(possible);
  }

  /** Lays on another fault: a pulled wire comes back unless it is to stay away. */
  public synchronized void set(Fault fault) throws IOException {
    if (!possible.contains(fault)) {
      throw new IllegalArgumentException(
          id + ": expected a fault of " + possible + ", not " + fault);
    }
    if (fault == Fault.UNPLUG) {
      now = fault;
      outlet.unplug();
    } else {
      outlet.plug();
      now = fault;
    }
  }
}
