package io.medtwin.transports.mqtt;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * TCP sockets that read ahead. Paho reads a packet byte by byte and asks before each what is
 * available: from a plain socket that is four system calls a message, the larger part of what
 * receiving costs. TLS sockets read ahead by themselves.
 */
public final class BufferedSockets extends SocketFactory {

  private static final int AHEAD_BYTES = 8 * 1024;

  @Override
  public Socket createSocket() {
    return new Buffered();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(null, new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return connected(
        new InetSocketAddress(localHost, localPort), new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(null, new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return connected(
        new InetSocketAddress(localHost, localPort), new InetSocketAddress(host, port));
  }

  private static Socket connected(@Nullable SocketAddress local, SocketAddress remote)
      throws IOException {
    var socket = new Buffered();
    try {
      socket.bind(local);
      socket.connect(remote);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static final class Buffered extends Socket {

    private @Nullable InputStream ahead;

    @Override
    public synchronized InputStream getInputStream() throws IOException {
      var stream = ahead;
      if (stream == null) {
        stream = new Ahead(super.getInputStream());
        ahead = stream;
      }
      return stream;
    }
  }

  private static final class Ahead extends BufferedInputStream {

    Ahead(InputStream socket) {
      super(socket, AHEAD_BYTES);
    }

    /** Of what was read ahead; the socket is asked only when nothing is left of it. */
    @Override
    public synchronized int available() throws IOException {
      return pos < count ? count - pos : super.available();
    }
  }
}
