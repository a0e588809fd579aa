package io.medtwin.spi.transport;

import io.medtwin.spi.Message;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whole messages of a device or hub. Its inbox is bounded; when full the transport's own flow
 * control holds the sender.
 */
public non-sealed interface MessageWire extends Wire {

  /**
   * The next message, waiting for it.
   *
   * @param atMost longest wait
   * @return the delivery, or null if none came in time
   * @throws IOException the wire is dead or was closed
   * @throws InterruptedException the receiving thread was interrupted
   */
  @Nullable Delivery next(Duration atMost) throws IOException, InterruptedException;

  /** Sends a message of our own. */
  void send(Message message) throws IOException, InterruptedException;
}
