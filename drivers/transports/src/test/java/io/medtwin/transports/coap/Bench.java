package io.medtwin.transports.coap;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.spi.transport.Delivery;
import io.medtwin.spi.transport.MessageWire;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedSinglePskStore;
import org.jspecify.annotations.Nullable;

/** A hub on free loopback ports and a client of the same library. */
final class Bench implements Closeable {

  static final Duration LIMIT = Duration.ofSeconds(10);
  static final byte[] BAND_KEY = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  static final byte[] PATCH_KEY = "fedcba9876543210".getBytes(StandardCharsets.US_ASCII);

  final CoapServerHub hub;
  private final CoapEndpoint plainClient;

  Bench() throws IOException {
    hub =
        new CoapServerHub(
            new CoapServerConfig(
                InetAddress.getLoopbackAddress(), 0, 0, false, CoapServerConfig.Limits.DEFAULT),
            PskStore.of(Map.of("band-7", BAND_KEY, "patch-2", PATCH_KEY)));
    hub.start();
    var settings = Californium.client(65_536, Duration.ofSeconds(5));
    settings.set(CoapConfig.BLOCKWISE_ENTITY_TOO_LARGE_AUTO_FAILOVER, false);
    plainClient =
        CoapEndpoint.builder()
            .setConfiguration(settings)
            .setInetSocketAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .build();
    plainClient.start();
  }

  int plainPort() {
    return hub.plainPort().orElseThrow();
  }

  int securePort() {
    return hub.securePort().orElseThrow();
  }

  /** A request to the plain port that is not sent yet. */
  Request to(Request request, String path) {
    request.setURI("coap://127.0.0.1:" + plainPort() + path);
    return request;
  }

  Request post(String path, String text, int format) {
    var request = to(Request.newPost(), path);
    request.setPayload(text);
    request.getOptions().setContentFormat(format);
    return request;
  }

  Request send(Request request) {
    return request.send(plainClient);
  }

  /** Takes the response of a request; once. */
  static Response answer(Request request) throws InterruptedException {
    @Nullable Response response = request.waitForResponse(LIMIT.toMillis());
    if (response == null) {
      throw new AssertionError("no response to " + request.getURI());
    }
    return response;
  }

  static Delivery next(MessageWire wire) throws IOException, InterruptedException {
    @Nullable Delivery delivery = wire.next(LIMIT);
    if (delivery == null) {
      throw new AssertionError("nothing came");
    }
    return delivery;
  }

  long faults(CoapFault fault) {
    var count = hub.faults().get(fault);
    assertThat(count).isNotNull();
    return count == null ? -1 : count;
  }

  static CoapEndpoint secureClient(String identity, byte[] key) throws IOException {
    var settings = Californium.client(65_536, Duration.ofSeconds(5));
    var client =
        CoapEndpoint.builder()
            .setConfiguration(settings)
            .setConnector(
                new DTLSConnector(
                    DtlsConnectorConfig.builder(settings)
                        .setAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .setAdvancedPskStore(new AdvancedSinglePskStore(identity, key))
                        .build()))
            .build();
    client.start();
    return client;
  }

  @Override
  public void close() {
    plainClient.destroy();
    hub.close();
  }
}
