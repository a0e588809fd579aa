package io.medtwin.sync;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * A cable that can be pulled: passes bytes between clients and a server. While held, requests are
 * taken but the server's bytes wait; while cut, connections are refused at once.
 */
final class CuttableProxy implements AutoCloseable {

  private final InetSocketAddress server;
  private final ServerSocket listening;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean refusing;
  private volatile CountDownLatch gate = new CountDownLatch(0);

  CuttableProxy(URI target) {
    try {
      server = new InetSocketAddress(target.getHost(), target.getPort());
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** Where clients connect instead of the server. */
  URI address() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort());
  }

  /** Breaks what is connected; new connections go through. */
  void cut() {
    open.forEach(CuttableProxy::quietly);
    gate.countDown(); // only now: what waited must not slip through
  }

  /** Breaks what is connected and refuses more, until {@link #mend}. */
  void sever() {
    refusing = true;
    cut();
  }

  void mend() {
    refusing = false;
  }

  /** The server's bytes wait until the next {@link #cut} or {@link #release}. */
  void hold() {
    gate = new CountDownLatch(1);
  }

  void release() {
    gate.countDown();
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        if (refusing) {
          client.close();
          continue;
        }
        Socket onward = new Socket();
        onward.connect(server);
        open.add(client);
        open.add(onward);
        Thread.ofVirtual().start(() -> pump(client, onward, false));
        Thread.ofVirtual().start(() -> pump(onward, client, true));
      } catch (IOException e) {
        // closed, or the server is away: the client sees its connection end
      }
    }
  }

  private void pump(Socket from, Socket to, boolean gated) {
    byte[] buffer = new byte[16 * 1024];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (gated) {
          gate.await();
        }
        out.write(buffer, 0, n);
        out.flush();
      }
    } catch (IOException e) {
      // cut
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(from);
      open.remove(to);
      quietly(from);
      quietly(to);
    }
  }

  private static void quietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it is closed, which is all we wanted
    }
  }
}
