package io.medtwin.simulator.device;

import java.io.Closeable;
import java.io.IOException;

/**
 * The wire a device talks on. Never blocks for longer than some milliseconds in {@link #send}: what
 * the other side does not take is lost, as on a line nobody reads.
 *
 * @param <M> bytes or messages
 */
public interface Outlet<M> extends Closeable {
  /** Says something. Does nothing while unplugged. */
  void send(M said) throws IOException;

  /** Takes the wire away. Does nothing when it is away. */
  void unplug() throws IOException;

  /** Brings the wire back at the same place. Does nothing when it is there. */
  void plug() throws IOException;

  @Override
  void close();
}
