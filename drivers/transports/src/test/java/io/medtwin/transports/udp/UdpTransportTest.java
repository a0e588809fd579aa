package io.medtwin.transports.udp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.spi.transport.ByteWire;
import io.medtwin.transports.internal.netty.Datagrams;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class UdpTransportTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @Test
  void datagramsOfThePeerAreReadAsAStream() throws Exception {
    try (var device = new DatagramSocket(0, LOOPBACK)) {
      var wire = new UdpTransport(toPeer(device)).open();
      wire.write(ByteBuffer.wrap(bytes("hello")));
      var hello = receive(device);
      device.send(new DatagramPacket(bytes("abc"), 3, hello.getSocketAddress()));
      device.send(new DatagramPacket(bytes("def"), 3, hello.getSocketAddress()));
      assertThat(read(wire, 2)).isEqualTo("ab");
      assertThat(read(wire, 4)).isEqualTo("cdef");
      wire.close();
    }
  }

  @Test
  void withoutAPeerTheFirstSenderIsThePeerAndOthersAreCounted() throws Exception {
    int port = freePort();
    var transport = new UdpTransport(new UdpConfig(LOOPBACK.getHostAddress(), port, null, 0));
    var wire = transport.open();
    try (var device = new DatagramSocket(0, LOOPBACK);
        var stranger = new DatagramSocket(0, LOOPBACK)) {
      assertThatThrownBy(() -> wire.write(ByteBuffer.wrap(bytes("?"))))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no peer to write to");
      var here = new InetSocketAddress(LOOPBACK, port);
      device.send(new DatagramPacket(bytes("1"), 1, here));
      assertThat(read(wire, 1)).isEqualTo("1");
      stranger.send(new DatagramPacket(bytes("X"), 1, here));
      device.send(new DatagramPacket(bytes("2"), 1, here));
      assertThat(read(wire, 1)).isEqualTo("2");
      assertThat(transport.foreignDatagrams()).isEqualTo(1);
      wire.write(ByteBuffer.wrap(bytes("ok")));
      assertThat(receive(device).getLength()).isEqualTo(2);
    } finally {
      wire.close();
    }
  }

  @Test
  void whatTheInboxCannotHoldIsDroppedAndCounted() throws Exception {
    try (var device = new DatagramSocket(0, LOOPBACK)) {
      var transport = new UdpTransport(toPeer(device));
      var wire = transport.open();
      wire.write(ByteBuffer.wrap(bytes("hello")));
      var hello = receive(device);
      while (transport.droppedDatagrams() < 10) {
        device.send(new DatagramPacket(bytes("d"), 1, hello.getSocketAddress()));
      }
      var into = ByteBuffer.allocate(Datagrams.INBOX_DATAGRAMS * 2);
      assertThat(wire.read(into, LONG)).isEqualTo(Datagrams.INBOX_DATAGRAMS);
      wire.close();
    }
  }

  @Test
  void closingEndsABlockedReadWithinASecond() throws Exception {
    try (var device = new DatagramSocket(0, LOOPBACK)) {
      var wire = new UdpTransport(toPeer(device)).open();
      var reading =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return wire.read(ByteBuffer.allocate(1), LONG);
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              },
              Thread::startVirtualThread);
      wire.close();
      assertThatThrownBy(() -> reading.get(1, TimeUnit.SECONDS))
          .hasRootCauseInstanceOf(IOException.class);
    }
  }

  @Test
  void aPeerThatIsNotThereEndsTheRead() throws Exception {
    var wire = new UdpTransport(UdpConfig.toPeer(LOOPBACK.getHostAddress(), freePort())).open();
    wire.write(ByteBuffer.wrap(bytes("anyone?")));
    assertThatThrownBy(() -> wire.read(ByteBuffer.allocate(1), LONG))
        .isInstanceOf(IOException.class);
    wire.close();
  }

  @Test
  void configurationThatCannotWorkIsRefused() {
    assertThatThrownBy(() -> UdpConfig.atPort(0)).hasMessageContaining("give a bindPort");
    assertThatThrownBy(() -> UdpConfig.toPeer("monitor", 0)).hasMessageContaining("1 to 65535");
    assertThatThrownBy(() -> new UdpConfig("0.0.0.0", 1, null, 2))
        .hasMessageContaining("needs a peerHost");
  }

  private static UdpConfig toPeer(DatagramSocket device) {
    return new UdpConfig(
        LOOPBACK.getHostAddress(), 0, LOOPBACK.getHostAddress(), device.getLocalPort());
  }

  private static int freePort() throws IOException {
    try (var socket = new DatagramSocket(0, LOOPBACK)) {
      return socket.getLocalPort();
    }
  }

  private static DatagramPacket receive(DatagramSocket socket) throws IOException {
    var packet = new DatagramPacket(new byte[64], 64);
    socket.receive(packet);
    return packet;
  }

  private static String read(ByteWire wire, int count) throws Exception {
    var into = ByteBuffer.allocate(count);
    while (into.hasRemaining()) {
      assertThat(wire.read(into, LONG)).isPositive();
    }
    return new String(into.array(), US_ASCII);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(US_ASCII);
  }
}
