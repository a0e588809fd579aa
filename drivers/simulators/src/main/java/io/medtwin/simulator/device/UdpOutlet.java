package io.medtwin.simulator.device;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A device on a UDP port of the loopback address: it hears whoever sends, and talks to one of them.
 * Unplugged, its port is gone; it comes back at the same one.
 */
public final class UdpOutlet implements Outlet<byte[]> {
  private static final int LARGEST_DATAGRAM = 65_507;

  private final InetSocketAddress address;
  private final byte[] received = new byte[LARGEST_DATAGRAM];
  private volatile @Nullable DatagramSocket socket;
  private volatile @Nullable SocketAddress listener;
  private boolean closed;

  /**
   * What came in one datagram.
   *
   * @param from who sent it
   * @param bytes its content
   */
  public record Heard(SocketAddress from, byte[] bytes) {}

  /**
   * Binds.
   *
   * @param port on the loopback address; 0 for any free one
   */
  public UdpOutlet(int port) throws IOException {
    var first = bound(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    address = (InetSocketAddress) first.getLocalSocketAddress();
    socket = first;
  }

  /** Where to send to. */
  public InetSocketAddress address() {
    return address;
  }

  /** From now on it talks to this one. */
  public void talkTo(SocketAddress who) {
    listener = who;
  }

  /**
   * The next datagram; empty if none came in time, or while unplugged. Used by one thread.
   *
   * @param atMost longest wait, a millisecond or more
   */
  public Optional<Heard> receive(Duration atMost) throws IOException {
    var now = socket;
    if (now == null) {
      return Optional.empty();
    }
    var datagram = new DatagramPacket(received, received.length);
    try {
      now.setSoTimeout((int) atMost.toMillis());
      now.receive(datagram);
    } catch (SocketTimeoutException nothingCame) {
      return Optional.empty();
    } catch (SocketException e) {
      if (now.isClosed()) {
        return Optional.empty();
      }
      throw e;
    }
    return Optional.of(
        new Heard(
            datagram.getSocketAddress(), Arrays.copyOf(datagram.getData(), datagram.getLength())));
  }

  @Override
  public void send(byte[] said) throws IOException {
    var now = socket;
    var to = listener;
    if (now != null && to != null && !now.isClosed()) {
      now.send(new DatagramPacket(said, said.length, to));
    }
  }

  /** Says something to someone else than the one it talks to. */
  public void sendTo(SocketAddress who, byte[] said) throws IOException {
    var now = socket;
    if (now != null) {
      now.send(new DatagramPacket(said, said.length, who));
    }
  }

  @Override
  public synchronized void unplug() {
    var now = socket;
    socket = null;
    if (now != null) {
      now.close();
    }
  }

  @Override
  public synchronized void plug() throws IOException {
    if (closed) {
      throw new IOException("port " + address.getPort() + " is closed");
    }
    if (socket == null) {
      socket = bound(address);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    unplug();
  }

  private static DatagramSocket bound(InetSocketAddress where) throws IOException {
    return new DatagramSocket(where);
  }
}
