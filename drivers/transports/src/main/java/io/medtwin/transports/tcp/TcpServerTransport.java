package io.medtwin.transports.tcp;

import io.medtwin.spi.LinkKind;
import io.medtwin.spi.transport.ByteWire;
import io.medtwin.spi.transport.Transport;
import io.medtwin.transports.internal.netty.Listener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a device or terminal server that dials in. The port is bound by the first {@link #open}
 * (or by {@link #listen}) and stays bound until {@link #close}; each {@code open} takes one
 * connection. The newest connection wins: it ends the one before, which is counted, because a
 * device that restarted dials in again long before its old connection is known to be dead.
 */
public final class TcpServerTransport implements Transport, AutoCloseable {

  private final TcpServerConfig config;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Listener listener;
  private boolean closed;

  /** Binds nothing yet. */
  public TcpServerTransport(TcpServerConfig config) {
    this.config = config;
  }

  @Override
  public LinkKind kind() {
    return LinkKind.TCP;
  }

  @Override
  public String name() {
    return "tcp-listen:" + config.host() + ":" + config.port();
  }

  /**
   * Binds the port now, so that a device may dial in before the first {@link #open}.
   *
   * @return the bound port
   * @throws IOException the port cannot be bound, or this transport is closed
   */
  public int listen() throws IOException, InterruptedException {
    return listener().port();
  }

  /** Waits for a connection, at most {@link TcpServerConfig#acceptLimit}. */
  @Override
  public ByteWire open() throws IOException, InterruptedException {
    return listener().accept(config.acceptLimit());
  }

  /** Connections that a newer one ended. */
  public long supersededConnections() {
    lock.lock();
    try {
      return listener == null ? 0 : listener.superseded();
    } finally {
      lock.unlock();
    }
  }

  /** Connections closed because their address is not among the allowed peers. */
  public long refusedConnections() {
    lock.lock();
    try {
      return listener == null ? 0 : listener.refused();
    } finally {
      lock.unlock();
    }
  }

  /** Releases the port and ends the open connection; a waiting {@link #open} fails. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      if (listener != null) {
        listener.close();
      }
    } finally {
      lock.unlock();
    }
  }

  private Listener listener() throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      if (closed) {
        throw new IOException(name() + ": closed by the gateway");
      }
      if (listener == null) {
        listener =
            Listener.listen(
                name(),
                new InetSocketAddress(config.host(), config.port()),
                this::isAllowed,
                config.keepAlive(),
                config.noDelay());
      }
      return listener;
    } finally {
      lock.unlock();
    }
  }

  private boolean isAllowed(InetAddress peer) {
    return config.allowedPeers().isEmpty() || config.allowedPeers().contains(peer.getHostAddress());
  }
}
