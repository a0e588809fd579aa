package io.medtwin.simulator.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A device that listens on a TCP port and talks with one peer at a time; another one waits until
 * the first has left. Unplugged, it resets its connection and refuses new ones; it comes back at
 * the same port. {@link #read} accepts, so nobody is served while nobody reads.
 */
public final class TcpServerLine implements Line {
  private static final Logger LOG = LoggerFactory.getLogger(TcpServerLine.class);
  private static final int MAX_WAITING_PEERS = 1;
  private static final int LOOK_MILLIS = 20;

  private final InetSocketAddress address;
  private volatile @Nullable ServerSocket server;
  private volatile @Nullable Socket peer;
  private volatile boolean closed;

  /**
   * Listens.
   *
   * @param port on the loopback address; 0 for any free one
   */
  public TcpServerLine(int port) throws IOException {
    var first = listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    address = (InetSocketAddress) first.getLocalSocketAddress();
    server = first;
  }

  /** Where to connect to. */
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public int read(ByteBuffer into, Duration atMost) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!closed) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      int read = look(into);
      if (read > 0 || System.nanoTime() >= deadline) {
        return read;
      }
    }
    return -1;
  }

  /** One look at the peer, or for one; 0 where nothing came. */
  private int look(ByteBuffer into) throws InterruptedException {
    var listening = server;
    var now = peer;
    if (listening == null) {
      Thread.sleep(LOOK_MILLIS); // unplugged
      return 0;
    }
    try {
      if (now == null) {
        listening.setSoTimeout(LOOK_MILLIS);
        var accepted = listening.accept();
        accepted.setTcpNoDelay(true);
        accepted.setSoTimeout(LOOK_MILLIS);
        peer = accepted;
        return 0;
      }
      var bytes = new byte[into.remaining()];
      int read = now.getInputStream().read(bytes);
      if (read > 0) {
        into.put(bytes, 0, read);
        return read;
      }
      leave(now);
    } catch (SocketTimeoutException nothingCame) {
      return 0;
    } catch (IOException e) {
      LOG.debug("port {}: the peer left", address.getPort());
      if (now != null) {
        leave(now);
      }
    }
    return 0;
  }

  @Override
  public void send(byte[] said) {
    var now = peer;
    if (now == null) {
      return;
    }
    try {
      now.getOutputStream().write(said);
    } catch (IOException e) {
      LOG.debug("port {}: the peer left", address.getPort());
      leave(now);
    }
  }

  @Override
  public synchronized void unplug() throws IOException {
    var listening = server;
    server = null;
    if (listening != null) {
      listening.close();
    }
    var now = peer;
    if (now != null) {
      now.setSoLinger(true, 0);
      leave(now);
    }
  }

  @Override
  public synchronized void plug() throws IOException {
    if (closed) {
      throw new IOException("port " + address.getPort() + " is closed");
    }
    if (server == null) {
      server = listen(address);
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      unplug();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized void leave(Socket left) {
    try {
      left.close();
    } catch (IOException e) {
      LOG.debug("port {}: closing a connection failed", address.getPort(), e);
    }
    if (peer == left) {
      peer = null;
    }
  }

  private static ServerSocket listen(InetSocketAddress where) throws IOException {
    var socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(where, MAX_WAITING_PEERS);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
