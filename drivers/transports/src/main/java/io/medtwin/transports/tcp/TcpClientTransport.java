package io.medtwin.transports.tcp;

import io.medtwin.spi.LinkKind;
import io.medtwin.spi.transport.ByteWire;
import io.medtwin.spi.transport.Transport;
import io.medtwin.transports.internal.netty.Sockets;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * Dials a device, or the port of a terminal server with a serial device behind it: the same bytes,
 * so the same driver. The host name is looked up anew by each {@link #open}.
 */
public final class TcpClientTransport implements Transport {

  private final TcpClientConfig config;

  /** Opens nothing yet. */
  public TcpClientTransport(TcpClientConfig config) {
    this.config = config;
  }

  @Override
  public LinkKind kind() {
    return LinkKind.TCP;
  }

  @Override
  public String name() {
    return "tcp:" + config.host() + ":" + config.port();
  }

  @Override
  public ByteWire open() throws IOException, InterruptedException {
    return Sockets.connect(
        name(),
        new InetSocketAddress(config.host(), config.port()),
        config.connectLimit(),
        config.keepAlive(),
        config.noDelay());
  }
}
