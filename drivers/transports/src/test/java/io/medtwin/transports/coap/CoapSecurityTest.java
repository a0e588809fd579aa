package io.medtwin.transports.coap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.spi.transport.MessageWire;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.elements.DtlsEndpointContext;
import org.eclipse.californium.elements.EndpointContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CoapSecurityTest {

  private Bench bench;

  @BeforeEach
  void open() throws IOException {
    bench = new Bench();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aDeviceWithItsKeyPostsInItsOwnNameOnly() throws Exception {
    var client = Bench.secureClient("band-7", Bench.BAND_KEY);
    try (var band = bench.hub.transportFor("band-7").open();
        var patch = bench.hub.transportFor("patch-2").open()) {
      var own = post("/ingest/band-7").send(client);
      var delivery = Bench.next(band);
      assertThat(delivery.message().attributes())
          .containsEntry(CoapServerTransport.IDENTITY, "band-7");
      delivery.accept(null);
      var response = Bench.answer(own);
      assertThat(response.getCode()).isEqualTo(ResponseCode.CHANGED);
      assertThat(response.getSourceContext().getString(DtlsEndpointContext.KEY_CIPHER))
          .isEqualTo("TLS_ECDHE_PSK_WITH_AES_128_CCM_8_SHA256");

      var foreign = post("/ingest/patch-2").send(client);
      assertThat(Bench.answer(foreign).getCode()).isEqualTo(ResponseCode.FORBIDDEN);
      var unknown = post("/ingest/nobody").send(client);
      assertThat(Bench.answer(unknown).getCode()).isEqualTo(ResponseCode.FORBIDDEN);
      assertThat(bench.faults(CoapFault.WRONG_IDENTITY)).isEqualTo(2);
      assertThat(patch.next(Duration.ZERO)).isNull();
    } finally {
      client.destroy();
    }
  }

  /** RFC 9146: the connection id, not the address, says which session a record belongs to. */
  @Test
  void aDeviceWhosePortChangesGoesOnInItsSession() throws Exception {
    var client = Bench.secureClient("band-7", Bench.BAND_KEY);
    try (var band = bench.hub.transportFor("band-7").open();
        var nat = new Nat(bench.securePort())) {
      var before = accepted(band, client, nat.port());
      nat.rebind();
      var after = accepted(band, client, nat.port());
      assertThat(before.get(DtlsEndpointContext.KEY_WRITE_CONNECTION_ID).length()).isEqualTo(6);
      assertThat(after.get(DtlsEndpointContext.KEY_SESSION_ID))
          .isEqualTo(before.get(DtlsEndpointContext.KEY_SESSION_ID));
      assertThat(after.get(DtlsEndpointContext.KEY_HANDSHAKE_TIMESTAMP))
          .isEqualTo(before.get(DtlsEndpointContext.KEY_HANDSHAKE_TIMESTAMP));
    } finally {
      client.destroy();
    }
  }

  /** Nothing tells the stranger whether the identity or the key was wrong. */
  @Test
  void anIdentityWithoutAKeyGetsNoSession() throws Exception {
    var asked = new CountDownLatch(1);
    PskStore nobody =
        identity -> {
          asked.countDown();
          return null;
        };
    var config =
        new CoapServerConfig(
            InetAddress.getLoopbackAddress(), null, 0, false, CoapServerConfig.Limits.DEFAULT);
    var client = Bench.secureClient("stranger", Bench.BAND_KEY);
    try (var hub = new CoapServerHub(config, nobody);
        var wire = hub.transportFor("stranger").open()) {
      var request = Request.newPost();
      request.setURI("coaps://127.0.0.1:" + hub.securePort().orElseThrow() + "/ingest/stranger");
      request.send(client);
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(wire.next(Duration.ofMillis(200))).isNull();
      assertThat(hub.faults().get(CoapFault.UNKNOWN_IDENTITY)).isPositive();
      assertThat(request.getResponse()).isNull();
    } finally {
      client.destroy();
    }
  }

  @Test
  void aWeakKeyIsNotUsed() {
    assertThatThrownBy(() -> PskStore.of(Map.of("band-7", new byte[15])))
        .hasMessageContaining("band-7")
        .hasMessageContaining("16");
  }

  @Test
  void aKeyBelongsToOneDevice() {
    assertThatThrownBy(() -> PskStore.of(Map.of("a", Bench.BAND_KEY, "b", Bench.BAND_KEY)))
        .hasMessageContaining("own");
  }

  private static EndpointContext accepted(MessageWire wire, CoapEndpoint client, int port)
      throws Exception {
    var request = post("/ingest/band-7", port).send(client);
    Bench.next(wire).accept(null);
    var response = Bench.answer(request);
    assertThat(response.getCode()).isEqualTo(ResponseCode.CHANGED);
    return response.getSourceContext();
  }

  private Request post(String path) {
    return post(path, bench.securePort());
  }

  private static Request post(String path, int port) {
    var request = Request.newPost();
    request.setURI("coaps://127.0.0.1:" + port + path);
    request.setPayload("[]");
    request.getOptions().setContentFormat(110);
    return request;
  }
}
