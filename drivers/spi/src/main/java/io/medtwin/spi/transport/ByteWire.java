package io.medtwin.spi.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Raw bytes of a device: serial line, TCP socket, datagrams read as a stream. */
public non-sealed interface ByteWire extends Wire {

  /**
   * Reads what is there, waiting for the first byte.
   *
   * @param into where the bytes go; has room for at least one
   * @param atMost longest wait
   * @return bytes read, 1 or more; 0 if nothing came in time; -1 if the other side closed
   * @throws IOException the wire is dead or was closed
   * @throws InterruptedException the reading thread was interrupted
   */
  int read(ByteBuffer into, Duration atMost) throws IOException, InterruptedException;

  /**
   * Writes all of {@code bytes.remaining()}; blocks while the line is busy, at most some seconds.
   */
  void write(ByteBuffer bytes) throws IOException;
}
