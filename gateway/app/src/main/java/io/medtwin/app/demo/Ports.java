package io.medtwin.app.demo;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;

/**
 * The ports a demo would like to have: that one where it is free, any free one where it is not. All
 * on the loopback address.
 *
 * @param ditto HTTP and WebSocket of the twin endpoint
 * @param mqtt the broker
 * @param coap the gateway's CoAP server
 * @param coapSecure the same over DTLS
 * @param console the console
 */
record Ports(int ditto, int mqtt, int coap, int coapSecure, int console) {

  /** Those that a person would guess. */
  static final Ports WELL_KNOWN = new Ports(8080, 1883, 5683, 5684, 8480);

  /** Any that are free. */
  static final Ports ANY = new Ports(0, 0, 0, 0, 0);

  static int tcp(int wanted) throws IOException {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
      return socket.getLocalPort();
    } catch (IOException e) {
      if (wanted == 0) {
        throw e;
      }
      return tcp(0);
    }
  }

  static int udp(int wanted) throws IOException {
    try (var socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      if (wanted == 0) {
        throw e;
      }
      return udp(0);
    }
  }

  static URI loopback(String scheme, int port) {
    return URI.create(scheme + "://127.0.0.1:" + port);
  }
}
