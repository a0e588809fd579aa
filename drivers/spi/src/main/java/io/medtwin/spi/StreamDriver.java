package io.medtwin.spi;

import java.io.IOException;

/**
 * A driver for a byte stream: serial line, TCP socket, UDP datagrams read as a stream.
 *
 * <p><b>Life.</b> One call of {@link #run} is one connected session. Return: the device said
 * goodbye. Throw: the link is lost or talks nonsense; the gateway closes the link, waits (back-off
 * with jitter), opens it and calls {@code run} again. To stop, the gateway closes the link and
 * interrupts the thread: let the exception out.
 *
 * <p><b>Thread.</b> {@code run} has one thread to itself. Block freely; start none.
 */
public non-sealed interface StreamDriver extends Driver {

  /**
   * Speaks the protocol until the link ends.
   *
   * @param link bytes of the device; closed by the gateway, never by the driver
   * @param session where reports go; valid during this call only
   * @throws DeviceException the dialogue is broken beyond repair (the gateway reopens the link)
   * @throws IOException the link is dead or silent, as it comes from {@code link}
   * @throws InterruptedException the gateway stops this session
   */
  void run(StreamLink link, Session session) throws IOException, InterruptedException;
}
