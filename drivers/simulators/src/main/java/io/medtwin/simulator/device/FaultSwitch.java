package io.medtwin.simulator.device;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

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

  /** Bytes as they go out under the fault of the moment; nothing where none do. */
  public Optional<byte[]> shape(byte[] said, Corruption corruption) {
    return shape(said, corruption::noise, corruption::wrongChecksum);
  }

  /** The same of anything that is said. */
  <M> Optional<M> shape(M said, UnaryOperator<M> noise, UnaryOperator<M> wrongChecksum) {
    return switch (now) {
      case NONE -> Optional.of(said);
      case NOISE -> Optional.of(noise.apply(said));
      case WRONG_CHECKSUM -> Optional.of(wrongChecksum.apply(said));
      case SILENCE, UNPLUG -> Optional.empty();
    };
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
