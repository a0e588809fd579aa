package io.medtwin.spi.transport;

import java.io.Closeable;

/**
 * An open way to a device. {@link #close} may be called by any thread, more than once; it returns
 * promptly (within 1 s) and makes a blocked read or write end with an exception.
 */
public sealed interface Wire extends Closeable permits ByteWire, MessageWire {

  @Override
  void close();
}
