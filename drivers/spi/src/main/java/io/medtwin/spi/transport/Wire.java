package io.medtwin.spi.transport;

import java.io.Closeable;

/**
 * An open way to a device. {@link #close} may be called by any thread, more than once; it returns
 * promptly (within 1 s) and makes a blocked read or write end with an exception.
 */
public sealed interface Wire extends Closeable permits ByteWire, MessageWire {

  /**
   * The time that passes on this wire: nanoseconds from some fixed moment, never going back. As
   * {@link System#nanoTime} for a device that is there; what is played passes its own.
   */
  default long nanoTime() {
    return System.nanoTime();
  }

  @Override
  void close();
}
