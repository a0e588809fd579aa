package io.medtwin.simulator.device;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** A wire that a device speaks and is spoken to on. One thread reads; any may do the rest. */
public interface Line extends Outlet<byte[]> {

  /**
   * Reads what the other side wrote.
   *
   * @param into has room for at least one byte
   * @param atMost longest wait
   * @return bytes read; 0 if none came in time or nobody is there; -1 after {@link #close}
   * @throws InterruptedException the reading thread was interrupted
   */
  int read(ByteBuffer into, Duration atMost) throws IOException, InterruptedException;
}
