package io.medtwin.runtime.session;

import io.medtwin.spi.transport.ByteWire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * Gives the bytes of a script; after them it is closed by the other side, or stays silent until
 * closed and then, like native code, hears no interrupt.
 */
final class ScriptedBytes implements ByteWire {

  private final ByteBuffer script;
  private final boolean staysOpen;
  private final CountDownLatch closed = new CountDownLatch(1);

  private ScriptedBytes(boolean staysOpen, int... bytes) {
    this.staysOpen = staysOpen;
    this.script = ByteBuffer.allocate(bytes.length);
    for (int one : bytes) {
      script.put((byte) one);
    }
    script.flip();
  }

  static ScriptedBytes thenClosed(int... bytes) {
    return new ScriptedBytes(false, bytes);
  }

  static ScriptedBytes thenSilent(int... bytes) {
    return new ScriptedBytes(true, bytes);
  }

  boolean isClosed() {
    return closed.getCount() == 0;
  }

  @Override
  public int read(ByteBuffer into, Duration atMost) throws IOException {
    if (script.hasRemaining()) {
      into.put(script.get());
      return 1;
    }
    if (!staysOpen) {
      return -1;
    }
    awaitClosedWhateverComes();
    throw new IOException("closed");
  }

  private void awaitClosedWhateverComes() {
    boolean interrupted = false;
    while (closed.getCount() > 0) {
      try {
        closed.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void write(ByteBuffer bytes) {
    throw new UnsupportedOperationException("no driver of these tests writes");
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
