package io.medtwin.transports.coap;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.serialization.UdpDataParser;
import org.junit.jupiter.api.Test;

class CoapFloodTest {

  private static final int REQUESTS = 20_000;

  /** Each request is answered before the next leaves, so none is lost and no clock is needed. */
  @Test
  void aFloodOfUnknownPathsLeavesCountersAndNothingElse() throws Exception {
    try (var bench = new Bench();
        var wire = bench.hub.transportFor("band-7").open();
        var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      socket.connect(InetAddress.getLoopbackAddress(), bench.plainPort());
      socket.setSoTimeout(10_000);
      int before = bench.hub.links().size();
      var buffer = new DatagramPacket(new byte[1_500], 1_500);
      for (int i = 0; i < REQUESTS; i++) {
        byte[] request = nonPost(i & 0xFFFF, "p" + i, "d" + i);
        socket.send(new DatagramPacket(request, request.length));
        buffer.setLength(1_500);
        socket.receive(buffer);
        if (i % 1_000 == 0) {
          assertThat(codeOf(buffer)).isEqualTo(ResponseCode.NOT_FOUND);
        }
      }
      assertThat(bench.faults(CoapFault.UNKNOWN_PATH)).isEqualTo(REQUESTS);
      assertThat(bench.hub.links().size()).isEqualTo(before);
      assertThat(bench.hub.faults()).hasSize(CoapFault.values().length);
      assertThat(bench.hub.taken()).isZero();
      assertThat(bench.hub.scheduled()).isZero();
      assertThat(wire.next(Duration.ZERO)).isNull();
    }
  }

  @Test
  void datagramsOfNoiseChangeNothing() throws Exception {
    var random = new Random(7);
    try (var bench = new Bench();
        var wire = bench.hub.transportFor("band-7").open();
        var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      for (int port : List.of(bench.plainPort(), bench.securePort())) {
        for (int i = 0; i < 2_000; i++) {
          byte[] noise = new byte[random.nextInt(1, 80)];
          random.nextBytes(noise);
          socket.send(
              new DatagramPacket(noise, noise.length, InetAddress.getLoopbackAddress(), port));
        }
      }
      assertThat(bench.hub.taken()).isZero();
      var request = bench.send(bench.post("/ingest/band-7", "[]", 110));
      Bench.next(wire).accept(null);
      assertThat(Bench.answer(request).getCode()).isEqualTo(ResponseCode.CHANGED);
    }
  }

  private static ResponseCode codeOf(DatagramPacket packet) {
    var message =
        new UdpDataParser().parseMessage(Arrays.copyOf(packet.getData(), packet.getLength()));
    return ((Response) message).getCode();
  }

  /** Version 1, NON, no token, POST, two path segments shorter than 13 octets. */
  private static byte[] nonPost(int messageId, String first, String second) {
    byte[] one = first.getBytes(StandardCharsets.US_ASCII);
    byte[] two = second.getBytes(StandardCharsets.US_ASCII);
    var request = ByteBuffer.allocate(6 + one.length + two.length);
    request.put((byte) 0x50).put((byte) 0x02).putShort((short) messageId);
    request.put((byte) (0xB0 | one.length)).put(one);
    request.put((byte) two.length).put(two);
    return request.array();
  }
}
