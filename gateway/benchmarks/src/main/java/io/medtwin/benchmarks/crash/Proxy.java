package io.medtwin.benchmarks.crash;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A TCP relay on loopback in front of a server: it can be watched, cut, closed, or made half-open,
 * without the server or its other clients noticing. Any thread.
 */
final class Proxy implements AutoCloseable {

  private static final int BUFFER_BYTES = 16 * 1024;
  private static final int BACKLOG = 50;

  /** Who says something. */
  enum Side {
    CLIENT,
    SERVER
  }

  /** Sees the bytes of one connection before they go on. */
  interface Tap {
    void fromClient(byte[] bytes, int length);

    void fromServer(byte[] bytes, int length);
  }

  /** Sees nothing. */
  static final Tap BLIND =
      new Tap() {
        @Override
        public void fromClient(byte[] bytes, int length) {}

        @Override
        public void fromServer(byte[] bytes, int length) {}
      };

  private final int port;
  private final int upstream;
  private final Supplier<Tap> taps;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Side swallowed;
  private @Nullable ServerSocket server;

  private Proxy(int port, int upstream, Supplier<Tap> taps) {
    this.port = port;
    this.upstream = upstream;
    this.taps = taps;
  }

  /** Starts a relay to a port that need not be there yet. */
  static Proxy start(int port, int upstream, Supplier<Tap> taps) throws IOException {
    var proxy = new Proxy(port, upstream, taps);
    proxy.accept();
    return proxy;
  }

  /** Where clients connect. */
  int port() {
    return port;
  }

  /** Cuts all connections; new ones are welcome. */
  void cut() {
    sockets.forEach(Proxy::closeQuietly);
    sockets.clear();
  }

  /** Refuses new connections and cuts those there are. */
  synchronized void refuse() {
    if (server != null) {
      closeQuietly(server);
      server = null;
    }
    cut();
  }

  /** Takes connections again. */
  synchronized void accept() throws IOException {
    if (server != null) {
      return;
    }
    var fresh = new ServerSocket();
    fresh.setReuseAddress(true);
    fresh.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
    server = fresh;
    Thread.ofVirtual().name("proxy-" + port).start(() -> acceptAll(fresh));
  }

  /** Half-open: connections stay, nothing of this side comes through any more. */
  void swallow(Side side) {
    swallowed = side;
  }

  /** Ends every fault; connections that lost bytes are cut. */
  void heal() throws IOException {
    if (swallowed != null) {
      swallowed = null;
      cut();
    }
    accept();
  }

  @Override
  public void close() {
    refuse();
  }

  private void acceptAll(ServerSocket from) {
    while (!from.isClosed()) {
      Socket client = null;
      try {
        client = from.accept();
        client.setTcpNoDelay(true);
        var onward = new Socket(InetAddress.getLoopbackAddress(), upstream);
        onward.setTcpNoDelay(true);
        relay(client, onward);
      } catch (IOException e) {
        if (client != null) {
          closeQuietly(client); // nobody behind us: as if nobody were here
        }
      }
    }
  }

  private void relay(Socket client, Socket onward) {
    var tap = taps.get();
    sockets.add(client);
    sockets.add(onward);
    Thread.ofVirtual().start(() -> copy(client, onward, tap, true));
    Thread.ofVirtual().start(() -> copy(onward, client, tap, false));
  }

  private void copy(Socket from, Socket to, Tap tap, boolean fromClient) {
    var buffer = new byte[BUFFER_BYTES];
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      int length;
      while ((length = in.read(buffer)) >= 0) {
        boolean lost = swallowed == (fromClient ? Side.CLIENT : Side.SERVER);
        if (fromClient) {
          tap.fromClient(buffer, length); // it was said, whether it arrives or not
        } else if (!lost) {
          tap.fromServer(buffer, length);
        }
        if (!lost) {
          out.write(buffer, 0, length);
        }
      }
    } catch (IOException e) {
      // the other direction ends, too: both sockets are closed here
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      // it is gone either way
    }
  }
}
