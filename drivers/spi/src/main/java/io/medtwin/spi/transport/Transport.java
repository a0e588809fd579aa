package io.medtwin.spi.transport;

import io.medtwin.spi.LinkKind;
import java.io.IOException;

/**
 * One configured way to a device or hub that can be opened again and again. Immutable; {@link
 * #open} is called by one thread at a time.
 */
public interface Transport {

  /** What carries it. */
  LinkKind kind();

  /** Where it leads, for people and logs; holds no secret. */
  String name();

  /**
   * Opens the way. Blocks until it is open or has failed, at most some seconds, and gives up at
   * once when interrupted.
   *
   * @throws IOException what was tried, and why it failed
   * @throws InterruptedException the gateway stops this session
   */
  Wire open() throws IOException, InterruptedException;
}
