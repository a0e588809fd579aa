package io.medtwin.transports.tcp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.spi.transport.ByteWire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TcpTransportTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final String LOOPBACK = InetAddress.getLoopbackAddress().getHostAddress();

  @Test
  void aClientSendsAndReceives() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var wire = client(server.getLocalPort()).open();
      try (var device = server.accept()) {
        wire.write(ascii("ping"));
        assertThat(device.getInputStream().readNBytes(4)).isEqualTo(bytes("ping"));
        device.getOutputStream().write(bytes("pong"));
        assertThat(read(wire, 4)).isEqualTo("pong");
      }
      wire.close();
    }
  }

  @Test
  void bytesThatDoNotFitAreReadNextTime() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var wire = client(server.getLocalPort()).open();
      try (var device = server.accept()) {
        device.getOutputStream().write(bytes("abcdefg"));
        assertThat(read(wire, 3)).isEqualTo("abc");
        assertThat(read(wire, 4)).isEqualTo("defg");
      }
      wire.close();
    }
  }

  @Test
  void silenceIsZeroBytesAndTheWireStaysUsable() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var wire = client(server.getLocalPort()).open();
      try (var device = server.accept()) {
        assertThat(wire.read(ByteBuffer.allocate(8), Duration.ofMillis(20))).isZero();
        device.getOutputStream().write(bytes("x"));
        assertThat(read(wire, 1)).isEqualTo("x");
      }
      wire.close();
    }
  }

  @Test
  void whatCameBeforeTheOtherSideClosedIsReadBeforeTheEnd() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var wire = client(server.getLocalPort()).open();
      try (var device = server.accept()) {
        device.getOutputStream().write(bytes("last words"));
      }
      assertThat(read(wire, 10)).isEqualTo("last words");
      assertThat(wire.read(ByteBuffer.allocate(8), LONG)).isEqualTo(-1);
      wire.close();
    }
  }

  @Test
  void closingEndsABlockedReadWithinASecond() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var wire = client(server.getLocalPort()).open();
      try (var device = server.accept()) {
        var reading = onVirtualThread(() -> wire.read(ByteBuffer.allocate(8), LONG));
        long before = System.nanoTime();
        wire.close();
        assertThatThrownBy(() -> reading.get(1, TimeUnit.SECONDS))
            .isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(IOException.class)
            .hasMessageContaining("closed by the gateway");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
        assertThat(device.getInputStream().read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void aSenderNobodyReadsIsHeldByTcpAndLosesNothing() throws Exception {
    int total = 32 * 1024 * 1024; // far more than the inbox and every socket buffer
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var wire = client(server.getLocalPort()).open();
      try (var device = server.accept()) {
        var half = new CountDownLatch(1);
        var sent =
            onVirtualThread(
                () -> {
                  var block = new byte[64 * 1024];
                  for (int i = 0; i < total / block.length; i++) {
                    java.util.Arrays.fill(block, (byte) i);
                    device.getOutputStream().write(block);
                    if (i == 1) {
                      half.countDown();
                    }
                  }
                  return total;
                });
        half.await();
        assertThatThrownBy(() -> sent.get(300, TimeUnit.MILLISECONDS))
            .as("a sender that is held cannot finish")
            .isInstanceOf(java.util.concurrent.TimeoutException.class);
        var into = ByteBuffer.allocate(64 * 1024);
        int seen = 0;
        while (seen < total) {
          int count = wire.read(into.clear(), LONG);
          assertThat(count).isPositive();
          for (int i = 0; i < count; i += 4096) {
            assertThat(into.get(i)).isEqualTo((byte) ((seen + i) / (64 * 1024)));
          }
          seen += count;
        }
        assertThat(sent.get(5, TimeUnit.SECONDS)).isEqualTo(total);
      }
      wire.close();
    }
  }

  @Test
  void aWriteIntoADeviceThatTakesNothingEndsWhenTheWireIsClosed() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var wire = client(server.getLocalPort()).open();
      try (var device = server.accept()) {
        assertThat(device.isConnected()).isTrue();
        var writing =
            onVirtualThread(
                () -> {
                  wire.write(ByteBuffer.allocate(32 * 1024 * 1024));
                  return 0;
                });
        wire.close();
        assertThatThrownBy(() -> writing.get(1, TimeUnit.SECONDS))
            .hasCauseInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void nobodyListeningIsAnExceptionThatNamesTheLink() throws Exception {
    int port;
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = server.getLocalPort();
    }
    assertThatThrownBy(() -> client(port).open())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("tcp:" + LOOPBACK + ":" + port)
        .hasMessageContaining("refused");
  }

  @Test
  void aHostWithoutAnAddressSaysSo() {
    var transport = new TcpClientTransport(TcpClientConfig.of("no-such-host.invalid", 4001));
    assertThatThrownBy(transport::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no address is known for host no-such-host.invalid");
  }

  @Test
  void aDeviceDialsInAndConverses() throws Exception {
    try (var transport = server(Set.of());
        var device = new Socket(LOOPBACK, transport.listen())) {
      device.getOutputStream().write(bytes("hello"));
      var wire = transport.open();
      assertThat(read(wire, 5)).isEqualTo("hello");
      wire.write(ascii("welcome"));
      assertThat(device.getInputStream().readNBytes(7)).isEqualTo(bytes("welcome"));
    }
  }

  @Test
  void theNewestConnectionWinsAndTheOldOneLearnsWhy() throws Exception {
    try (var transport = server(Set.of());
        var first = new Socket(LOOPBACK, transport.listen())) {
      var old = transport.open();
      var reading = onVirtualThread(() -> old.read(ByteBuffer.allocate(8), LONG));
      try (var second = new Socket(LOOPBACK, transport.listen())) {
        assertThatThrownBy(() -> reading.get(5, TimeUnit.SECONDS))
            .hasMessageContaining("a newer connection took over");
        assertThat(first.getInputStream().read()).isEqualTo(-1);
        var wire = transport.open();
        second.getOutputStream().write(bytes("again"));
        assertThat(read(wire, 5)).isEqualTo("again");
        assertThat(transport.supersededConnections()).isEqualTo(1);
      }
    }
  }

  @Test
  void anAddressThatIsNotAllowedIsClosedAndCounted() throws Exception {
    try (var transport = server(Set.of("192.0.2.1"));
        var stranger = new Socket(LOOPBACK, transport.listen())) {
      assertThat(stranger.getInputStream().read()).isEqualTo(-1);
      assertThat(transport.refusedConnections()).isEqualTo(1);
      assertThatThrownBy(transport::open)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no device dialled in");
    }
  }

  @Test
  void closingTheServerEndsAnOpenThatWaits() throws Exception {
    var transport =
        new TcpServerTransport(new TcpServerConfig(LOOPBACK, 0, Set.of(), LONG, true, true));
    transport.listen();
    var opening = onVirtualThread(transport::open);
    transport.close();
    assertThatThrownBy(() -> opening.get(1, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void configurationOutOfRangeIsRefused() {
    assertThatThrownBy(() -> TcpClientConfig.of("host", 0)).hasMessageContaining("1 to 65535");
    assertThatThrownBy(() -> TcpClientConfig.of(" ", 1)).hasMessageContaining("blank");
    assertThatThrownBy(() -> TcpServerConfig.of(70_000)).hasMessageContaining("0 to 65535");
  }

  private static TcpClientTransport client(int port) {
    return new TcpClientTransport(TcpClientConfig.of(LOOPBACK, port));
  }

  private static TcpServerTransport server(Set<String> allowed) {
    return new TcpServerTransport(
        new TcpServerConfig(LOOPBACK, 0, allowed, Duration.ofMillis(500), true, true));
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

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(bytes(text));
  }

  private static <T> CompletableFuture<T> onVirtualThread(java.util.concurrent.Callable<T> work) {
    var result = new CompletableFuture<T>();
    Thread.startVirtualThread(
        () -> {
          try {
            result.complete(work.call());
          } catch (Exception e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }
}
