package io.medtwin.runtime.session;

import io.medtwin.spi.transport.ByteWire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Bytes whose reader passes a doorway. */
record WatchedBytes(ByteWire wire, Doorway doorway) implements ByteWire {

  @Override
  public int read(ByteBuffer into, Duration atMost) throws IOException, InterruptedException {
    doorway.enter();
    boolean came = false;
    try {
      int count = wire.read(into, atMost);
      came = count >= 0; // who reads on behind the end does nothing
      doorway.brought(count > 0 ? wire.nanoTime() : Doorway.NOTHING);
      return count;
    } finally {
      doorway.leave(came);
    }
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    wire.write(bytes);
  }

  @Override
  public long nanoTime() {
    return wire.nanoTime();
  }

  @Override
  public void close() {
    wire.close();
  }
}
