package io.medtwin.transports.coap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.spi.transport.MessageWire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.CoapServer;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.observe.ObserveRelation;
import org.eclipse.californium.core.server.resources.CoapExchange;
import org.eclipse.californium.core.server.resources.ResourceObserverAdapter;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CoapObserveTransportTest {

  /** A sensor whose one resource can be observed. */
  private static final class Vital extends CoapResource {

    private final Semaphore registrations = new Semaphore(0);
    private final Semaphore cancellations = new Semaphore(0);
    private volatile String value = "70";
    private volatile long maxAgeSeconds = 60;

    Vital() {
      super("hr");
      setObservable(true);
      addObserver(
          new ResourceObserverAdapter() {
            @Override
            public void addedObserveRelation(ObserveRelation relation) {
              registrations.release();
            }

            @Override
            public void removedObserveRelation(ObserveRelation relation) {
              cancellations.release();
            }
          });
    }

    @Override
    public void handleGET(CoapExchange exchange) {
      exchange.setMaxAge(maxAgeSeconds);
      exchange.respond(ResponseCode.CONTENT, value, 110);
    }

    void becomes(String newValue) {
      value = newValue;
      changed();
    }
  }

  private CoapServer sensor;
  private CoapEndpoint endpoint;
  private Vital vital;

  @BeforeEach
  void open() {
    var settings = Californium.server(CoapServerConfig.Limits.DEFAULT);
    sensor = new CoapServer(settings);
    endpoint =
        CoapEndpoint.builder()
            .setConfiguration(settings)
            .setInetSocketAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .build();
    sensor.addEndpoint(endpoint);
    vital = new Vital();
    sensor.add(vital);
    sensor.start();
  }

  @AfterEach
  void close() {
    sensor.destroy();
  }

  @Test
  void theFirstValueAndEachNewOneAreMessages() throws Exception {
    try (var wire = observe("/hr")) {
      var first = Bench.next(wire);
      assertThat(text(first.message().bytes())).isEqualTo("70");
      assertThat(first.message().address()).isEqualTo("/hr");
      assertThat(first.message().device()).isEqualTo("monitor-3");
      assertThat(first.message().contentType()).isEqualTo("application/senml+json");
      first.accept(null);
      vital.becomes("71");
      assertThat(text(Bench.next(wire).message().bytes())).isEqualTo("71");
    }
  }

  @Test
  void closingCancelsTheObservation() throws Exception {
    var wire = observe("/hr");
    Bench.next(wire);
    wire.close();
    assertThat(vital.cancellations.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    assertThatThrownBy(() -> wire.next(Duration.ofSeconds(5))).isInstanceOf(IOException.class);
    wire.close();
  }

  @Test
  void aResourceThatIsNotThereFailsTheOpening() {
    assertThatThrownBy(() -> observe("/spo2"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("4.04");
  }

  @Test
  void aResourceThatCannotBeObservedFailsTheOpening() {
    vital.setObservable(false);
    assertThatThrownBy(() -> observe("/hr"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("observed");
  }

  @Test
  void anErrorNotificationEndsTheWireAfterWhatCameBefore() throws Exception {
    try (var wire = observe("/hr")) {
      vital.delete();
      assertThat(text(Bench.next(wire).message().bytes())).isEqualTo("70");
      assertThatThrownBy(() -> wire.next(Bench.LIMIT))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("4.04");
    }
  }

  @Test
  void pastMaxAgeTheObservationIsRegisteredAgain() throws Exception {
    vital.maxAgeSeconds = 1;
    try (var wire = observe("/hr")) {
      assertThat(vital.registrations.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
      Bench.next(wire);
      vital.value = "72";
      assertThat(text(Bench.next(wire).message().bytes())).isEqualTo("72");
      assertThat(vital.registrations.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aSensorThatResetsTheNewRegistrationEndsTheWire() throws Exception {
    try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      var done = new CountDownLatch(1);
      var forgetful = Thread.ofPlatform().start(() -> answerOnceThenReset(socket, done));
      try (var wire = transport(socket.getLocalPort(), "/hr").open()) {
        Bench.next(wire);
        assertThatThrownBy(() -> wire.next(Bench.LIMIT))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("does not answer");
      }
      assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
      forgetful.join();
    }
  }

  @Test
  void aUriThatIsNotCoapIsRefused() {
    assertThatThrownBy(() -> CoapObserveConfig.plain(URI.create("http://sensor/hr"), "m"))
        .hasMessageContaining("coap://");
    assertThatThrownBy(() -> CoapObserveConfig.plain(URI.create("coaps://sensor/hr"), "m"))
        .hasMessageContaining("identity");
  }

  @Test
  void aSecureSensorIsObservedWithItsKey() throws Exception {
    var settings = Californium.server(CoapServerConfig.Limits.DEFAULT);
    var secure =
        CoapEndpoint.builder()
            .setConfiguration(settings)
            .setConnector(
                new DTLSConnector(
                    DtlsConnectorConfig.builder(settings)
                        .setAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .setAdvancedPskStore(
                            new DeviceKeys(
                                PskStore.of(Map.of("gateway", Bench.BAND_KEY)), new Faults()))
                        .build()))
            .build();
    sensor.addEndpoint(secure);
    secure.start();
    var uri = URI.create("coaps://127.0.0.1:" + secure.getAddress().getPort() + "/hr");
    var keys = PskStore.of(Map.of("gateway", Bench.BAND_KEY));
    try (var wire =
        new CoapObserveTransport(
                CoapObserveConfig.secure(uri, "monitor-3", "gateway", keys), new Random(1))
            .open()) {
      assertThat(text(Bench.next(wire).message().bytes())).isEqualTo("70");
    }
  }

  private MessageWire observe(String path) throws IOException, InterruptedException {
    return transport(endpoint.getAddress().getPort(), path).open();
  }

  private static CoapObserveTransport transport(int port, String path) {
    var uri = URI.create("coap://127.0.0.1:" + port + path);
    return new CoapObserveTransport(
        new CoapObserveConfig(
            uri, "monitor-3", null, null, PskStore.empty(), Duration.ZERO, Duration.ofMillis(50)),
        new Random(1));
  }

  /** Answers a registration with 2.05, Observe 1, Max-Age 1, "7"; then resets what comes. */
  private static void answerOnceThenReset(DatagramSocket socket, CountDownLatch done) {
    try {
      var packet = new DatagramPacket(new byte[1_500], 1_500);
      socket.setSoTimeout(10_000);
      socket.receive(packet);
      int tokenLength = packet.getData()[0] & 0x0F;
      var answer = ByteBuffer.allocate(4 + tokenLength + 6);
      answer.put((byte) (0x60 | tokenLength)).put((byte) 0x45);
      answer.put(packet.getData(), 2, 2).put(packet.getData(), 4, tokenLength);
      answer.put(new byte[] {0x61, 1, (byte) 0x81, 1, (byte) 0xFF, '7'});
      socket.send(new DatagramPacket(answer.array(), answer.limit(), packet.getSocketAddress()));
      packet.setLength(1_500);
      socket.receive(packet);
      byte[] reset = {0x70, 0, packet.getData()[2], packet.getData()[3]};
      socket.send(new DatagramPacket(reset, reset.length, packet.getSocketAddress()));
      done.countDown();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
