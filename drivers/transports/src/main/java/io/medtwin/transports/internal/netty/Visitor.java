package io.medtwin.transports.internal.netty;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What a {@link ConnectionHall} tells of one connection, on that connection's event loop. */
public interface Visitor {

  /** Bytes that came, in order; the array is the visitor's. */
  void came(byte[] bytes);

  /**
   * The connection is over; nothing comes after this.
   *
   * @param cause why, or null where the other side closed or we did
   */
  void ended(@Nullable IOException cause);
}
