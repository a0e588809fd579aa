package io.medtwin.transports.coap;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GateTest {

  @Test
  void datagramsAreDroppedWhileTooManyWait() throws Exception {
    var waiting = new AtomicInteger();
    var passed = new AtomicInteger();
    var faults = new Faults();
    var loopback = InetAddress.getLoopbackAddress();
    var socket =
        new Gate(waiting::get, faults)
            .udp(
                new InetSocketAddress(loopback, 0),
                Californium.server(CoapServerConfig.Limits.DEFAULT));
    socket.setRawDataReceiver(data -> passed.incrementAndGet());
    socket.start();
    try {
      var datagram = new DatagramPacket(new byte[] {0x40, 1, 0, 1}, 4, loopback, 5_000);
      waiting.set(Gate.MAX_WAITING - 1);
      socket.processDatagram(datagram);
      assertThat(passed).hasValue(1);
      waiting.set(Gate.MAX_WAITING);
      socket.processDatagram(datagram);
      assertThat(passed).hasValue(1);
      assertThat(faults.snapshot()).containsEntry(CoapFault.OVERLOAD, 1L);
      waiting.set(0);
      socket.processDatagram(datagram);
      assertThat(passed).hasValue(2);
    } finally {
      socket.destroy();
    }
  }
}
