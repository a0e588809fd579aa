package io.medtwin.transports.coap;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** A router between one device and a server, that forgets which port it gave to the device. */
final class Nat implements Closeable {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final DatagramSocket inside;
  private final int server;
  private volatile DatagramSocket outside;
  private volatile @Nullable SocketAddress device;

  Nat(int server) throws IOException {
    this.server = server;
    this.inside = new DatagramSocket(0, LOOPBACK);
    this.outside = openOutside();
    Thread.ofVirtual().start(this::outwards);
  }

  /** Where the device sends to. */
  int port() {
    return inside.getLocalPort();
  }

  /** From now on the server sees the device at another port, and reaches it only there. */
  void rebind() throws IOException {
    var before = outside;
    outside = openOutside();
    before.close();
  }

  @Override
  public void close() {
    inside.close();
    outside.close();
  }

  private DatagramSocket openOutside() throws IOException {
    var socket = new DatagramSocket(0, LOOPBACK);
    Thread.ofVirtual().start(() -> inwards(socket));
    return socket;
  }

  private void outwards() {
    try {
      while (true) {
        var packet = new DatagramPacket(new byte[2_048], 2_048);
        inside.receive(packet);
        device = packet.getSocketAddress();
        outside.send(new DatagramPacket(packet.getData(), packet.getLength(), LOOPBACK, server));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void inwards(DatagramSocket socket) {
    try {
      while (true) {
        var packet = new DatagramPacket(new byte[2_048], 2_048);
        socket.receive(packet);
        var to = device;
        if (to != null) {
          inside.send(new DatagramPacket(packet.getData(), packet.getLength(), to));
        }
      }
    } catch (IOException e) {
      // rebound or closed
    }
  }
}
