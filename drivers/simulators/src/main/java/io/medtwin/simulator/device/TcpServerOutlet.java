package io.medtwin.simulator.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A device behind a terminal server: whoever connects gets what the device says from then on. One
 * that reads too slowly loses whole pieces, as the terminal server's buffer would. Unplugged, it
 * resets its connections and refuses new ones; it comes back at the same port.
 */
public final class TcpServerOutlet implements Outlet<byte[]> {
  private static final Logger LOG = LoggerFactory.getLogger(TcpServerOutlet.class);
  private static final int MAX_CLIENTS = 4;
  private static final int MAX_WAITING_PIECES = 64;
  private static final int PIECE_BYTES = 1024;

  private final List<Client> clients = new CopyOnWriteArrayList<>();
  private final InetSocketAddress address;
  private final @Nullable Consumer<byte[]> heard;
  private volatile @Nullable ServerSocket server;
  private boolean closed;

  /**
   * Listens, to no word of those who connect.
   *
   * @param port on the loopback address; 0 for any free one
   */
  public TcpServerOutlet(int port) throws IOException {
    this(port, null);
  }

  /**
   * Listens.
   *
   * @param port on the loopback address; 0 for any free one
   * @param heard gets what anybody writes, piece by piece, on a thread of each connection; what the
   *     device says to it goes to all, as on a serial line behind a terminal server
   */
  public TcpServerOutlet(int port, @Nullable Consumer<byte[]> heard) throws IOException {
    this.heard = heard;
    var first = listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    address = (InetSocketAddress) first.getLocalSocketAddress();
    server = first;
  }

  /** Where to connect to. */
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public void send(byte[] said) {
    for (var client : clients) {
      client.waiting.offer(said);
    }
  }

  @Override
  public synchronized void unplug() throws IOException {
    var now = server;
    server = null;
    if (now != null) {
      now.close();
    }
    clients.forEach(Client::reset);
    clients.clear();
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
  public synchronized void close() {
    closed = true;
    try {
      unplug();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ServerSocket listen(InetSocketAddress where) throws IOException {
    var socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(where);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    Thread.ofVirtual()
        .name("simulator-accept-" + socket.getLocalPort())
        .start(() -> accept(socket));
    return socket;
  }

  private void accept(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        var client = new Client(socket.accept());
        if (clients.size() >= MAX_CLIENTS || socket.isClosed()) {
          client.reset();
          continue;
        }
        clients.add(client);
        Thread.ofVirtual().name("simulator-client-" + socket.getLocalPort()).start(client::write);
        if (heard != null) {
          Thread.ofVirtual()
              .name("simulator-ear-" + socket.getLocalPort())
              .start(() -> client.read(heard));
        }
      } catch (IOException e) {
        if (!socket.isClosed()) {
          LOG.warn("port {}: accepting a connection failed, going on", address.getPort(), e);
        }
      }
    }
  }

  /** One connection; a virtual thread of its own writes to it. */
  private final class Client {
    private final Socket socket;
    private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(MAX_WAITING_PIECES);

    Client(Socket socket) {
      this.socket = socket;
    }

    void write() {
      try (socket) {
        socket.setTcpNoDelay(true);
        var out = socket.getOutputStream();
        while (!socket.isClosed()) {
          out.write(waiting.take());
        }
      } catch (IOException e) {
        LOG.debug("port {}: a client left", address.getPort());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        clients.remove(this);
      }
    }

    void read(Consumer<byte[]> heard) {
      var piece = new byte[PIECE_BYTES];
      try {
        var in = socket.getInputStream();
        for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
          heard.accept(Arrays.copyOf(piece, count));
        }
        reset(); // it said goodbye
      } catch (IOException e) {
        LOG.debug("port {}: a client left", address.getPort());
      }
    }

    void reset() {
      try {
        socket.setSoLinger(true, 0);
        socket.close();
      } catch (IOException e) {
        LOG.debug("port {}: resetting a connection failed", address.getPort(), e);
      }
      waiting.offer(new byte[0]); // lets the writer see that its socket is closed
    }
  }
}
