package io.medtwin.simulator.device;

import io.medtwin.simulator.pty.VirtualSerialPort;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears what the host writes to a virtual serial port, on a platform thread of its own. */
public final class SerialEar implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SerialEar.class);
  private static final Duration LOOK_INTERVAL = Duration.ofMillis(500);
  private static final int PIECE_BYTES = 1024;

  private final String id;
  private final VirtualSerialPort port;
  private final Consumer<byte[]> heard;
  private final Thread reader;

  private SerialEar(String id, VirtualSerialPort port, Consumer<byte[]> heard) {
    this.id = id;
    this.port = port;
    this.heard = heard;
    this.reader = Thread.ofPlatform().daemon().name("simulator-" + id).unstarted(this::read);
  }

  /** Hears until it is closed or the port is; the port stays the caller's. */
  public static SerialEar on(VirtualSerialPort port, String id, Consumer<byte[]> heard) {
    var ear = new SerialEar(id, port, heard);
    ear.reader.start();
    return ear;
  }

  private void read() {
    var received = ByteBuffer.allocate(PIECE_BYTES);
    try {
      while (port.read(received.clear(), LOOK_INTERVAL) >= 0) {
        if (received.flip().hasRemaining()) {
          var bytes = new byte[received.remaining()];
          received.get(bytes);
          heard.accept(bytes);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("{}: switched off", id);
    } catch (IOException e) {
      LOG.warn("{}: its serial line failed; the device answers no more", id, e);
    }
  }

  @Override
  public void close() {
    reader.interrupt();
  }
}
