package io.medtwin.transports.mqtt;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A network cable to a local port that can be cut: closing it ends every connection through it. */
final class Cable implements AutoCloseable {

  private final ServerSocket near;
  private final int farPort;
  private final List<Socket> ends = new CopyOnWriteArrayList<>();

  Cable(int farPort) throws IOException {
    this.farPort = farPort;
    this.near = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(this::accept);
  }

  int port() {
    return near.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket one = near.accept();
        Socket other = new Socket(InetAddress.getLoopbackAddress(), farPort);
        ends.add(one);
        ends.add(other);
        Thread.startVirtualThread(() -> carry(one, other));
        Thread.startVirtualThread(() -> carry(other, one));
      }
    } catch (IOException e) {
      // cut
    }
  }

  private static void carry(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // cut
    }
  }

  @Override
  public void close() throws IOException {
    near.close();
    for (Socket end : ends) {
      end.close();
    }
  }
}
