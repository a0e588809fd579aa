package io.medtwin.simulator.device;

import io.medtwin.simulator.pty.VirtualSerialPort;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** A device on a virtual serial port, which this outlet owns. */
public final class SerialOutlet implements Line {
  private final VirtualSerialPort port;

  /** Takes {@code port} over. */
  public SerialOutlet(VirtualSerialPort port) {
    this.port = port;
  }

  @Override
  public void send(byte[] said) throws IOException {
    port.write(ByteBuffer.wrap(said));
  }

  @Override
  public int read(ByteBuffer into, Duration atMost) throws IOException, InterruptedException {
    return port.read(into, atMost);
  }

  @Override
  public void unplug() throws IOException {
    port.unplug();
  }

  @Override
  public void plug() throws IOException {
    port.plug();
  }

  @Override
  public void close() {
    port.close();
  }
}
