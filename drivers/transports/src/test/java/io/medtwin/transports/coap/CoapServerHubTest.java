package io.medtwin.transports.coap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Message;
import io.medtwin.spi.MessageLink.Refusal;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.CoAP.Type;
import org.eclipse.californium.core.coap.MessageObserverAdapter;
import org.eclipse.californium.core.coap.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoapServerHubTest {

  private static final int SENML_JSON = 110;
  private static final String PACK = "[{\"n\":\"hr\",\"v\":71}]";

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
  void aPostIsAnsweredOnlyOnceItIsAccepted() throws Exception {
    var transport = bench.hub.transportFor("band-7");
    assertThat(transport.kind()).isEqualTo(LinkKind.COAP);
    try (var wire = transport.open()) {
      var request = bench.send(bench.post("/ingest/band-7", PACK, SENML_JSON));
      var delivery = Bench.next(wire);
      assertThat(request.getResponse()).isNull();
      assertThat(delivery.message().address()).isEqualTo("/ingest/band-7");
      assertThat(delivery.message().device()).isEqualTo("band-7");
      assertThat(delivery.message().contentType()).isEqualTo("application/senml+json");
      assertThat(delivery.message().attributes())
          .containsEntry(CoapServerTransport.TYPE, "CON")
          .doesNotContainKey(CoapServerTransport.IDENTITY);
      assertThat(new String(delivery.message().bytes(), StandardCharsets.UTF_8)).isEqualTo(PACK);
      delivery.accept(null);
      assertThat(Bench.answer(request).getCode()).isEqualTo(ResponseCode.CHANGED);
      assertThat(bench.hub.taken()).isOne();
    }
  }

  @Test
  void aPostRepeatedToTheNextLifeOfTheHubIsKnownByItsNumber() throws Exception {
    try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        var next = new Bench()) {
      long first = numberOf(socket, bench, 0x1234);
      long repeated = numberOf(socket, next, 0x1234);
      long another = numberOf(socket, next, 0x1235);

      assertThat(repeated).isEqualTo(first).isNotZero();
      assertThat(another).isNotEqualTo(first);
    }
  }

  /** Sends a confirmable post as bytes, of one token: what the hub knows it by. */
  private static long numberOf(DatagramSocket from, Bench to, int messageId) throws Exception {
    try (var wire = to.hub.transportFor("band-7").open()) {
      var post =
          ByteBuffer.allocate(64)
              .put((byte) 0x42) // version 1, CON, token of 2
              .put((byte) 0x02) // POST
              .putShort((short) messageId)
              .putShort((short) 0xBEEF)
              .put((byte) 0xB6) // Uri-Path, 6
              .put("ingest".getBytes(StandardCharsets.US_ASCII))
              .put((byte) 0x06) // Uri-Path, 6
              .put("band-7".getBytes(StandardCharsets.US_ASCII))
              .put((byte) 0xFF)
              .put("x".getBytes(StandardCharsets.US_ASCII));
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), to.plainPort());
      from.send(new DatagramPacket(post.array(), post.position(), address));
      var delivery = Bench.next(wire);
      delivery.accept(null);
      assertThat(delivery.mayBeAgain()).as("a young hub cannot know").isTrue();
      return delivery.number();
    }
  }

  @Test
  void onlyTheFirstSettlementOfAPostCounts() throws Exception {
    try (var wire = bench.hub.transportFor("band-7").open()) {
      var request = bench.send(bench.post("/ingest/band-7", PACK, SENML_JSON));
      var delivery = Bench.next(wire);
      delivery.accept(null);
      delivery.refuse(Refusal.MALFORMED, "too late");
      assertThat(Bench.answer(request).getCode()).isEqualTo(ResponseCode.CHANGED);
      assertThat(bench.faults(CoapFault.REFUSED)).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "MALFORMED, BAD_REQUEST",
    "UNSUPPORTED_FORMAT, UNSUPPORTED_CONTENT_FORMAT",
    "WRONG_DEVICE, FORBIDDEN",
    "TOO_LARGE, REQUEST_ENTITY_TOO_LARGE"
  })
  void aRefusalIsToldWithItsReason(Refusal refusal, ResponseCode code) throws Exception {
    try (var wire = bench.hub.transportFor("band-7").open()) {
      var request = bench.send(bench.post("/ingest/band-7", PACK, SENML_JSON));
      Bench.next(wire).refuse(refusal, "expected a pack");
      var response = Bench.answer(request);
      assertThat(response.getCode()).isEqualTo(code);
      assertThat(response.getPayloadString()).isEqualTo("expected a pack");
    }
  }

  @Test
  void anAnswerWithContentComesInItsFormat() throws Exception {
    try (var wire = bench.hub.transportFor("band-7").open()) {
      var request = bench.send(bench.post("/ingest/band-7", PACK, SENML_JSON));
      Bench.next(wire).accept(Message.text("/ingest/band-7", "application/json", "{\"next\":60}"));
      var response = Bench.answer(request);
      assertThat(response.getCode()).isEqualTo(ResponseCode.CHANGED);
      assertThat(response.getOptions().getContentFormat()).isEqualTo(50);
      assertThat(response.getPayloadString()).isEqualTo("{\"next\":60}");
    }
  }

  @Test
  void anAnswerInAFormatTheDeviceDidNotAskForIsLeftOutButThePostStaysAccepted() throws Exception {
    try (var wire = bench.hub.transportFor("band-7").open()) {
      var request = bench.post("/ingest/band-7", PACK, SENML_JSON);
      request.getOptions().setAccept(60);
      bench.send(request);
      Bench.next(wire).accept(Message.text("/ingest/band-7", "application/json", "{}"));
      var response = Bench.answer(request);
      assertThat(response.getCode()).isEqualTo(ResponseCode.CHANGED);
      assertThat(response.getPayloadSize()).isZero();
    }
  }

  @Test
  void aSlowAcceptanceIsAcknowledgedFirstAndAnsweredSeparately() throws Exception {
    try (var wire = bench.hub.transportFor("band-7").open()) {
      var acknowledged = new CountDownLatch(1);
      var request = bench.post("/alarm/band-7", PACK, SENML_JSON);
      request.addMessageObserver(
          new MessageObserverAdapter() {
            @Override
            public void onAcknowledgement() {
              acknowledged.countDown();
            }
          });
      bench.send(request);
      var delivery = Bench.next(wire);
      assertThat(acknowledged.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(request.getResponse()).isNull();
      delivery.accept(null);
      var response = Bench.answer(request);
      assertThat(response.getCode()).isEqualTo(ResponseCode.CHANGED);
      assertThat(response.getType()).isEqualTo(Type.CON);
    }
  }

  @Test
  void whatIsNotServedIsRefusedByKind() throws Exception {
    bench.hub.transportFor("patch-2");
    try (var wire = bench.hub.transportFor("band-7").open()) {
      assertThat(codeOf(bench.post("/vitals/band-7", PACK, SENML_JSON)))
          .isEqualTo(ResponseCode.NOT_FOUND);
      assertThat(codeOf(bench.post("/ingest/band-7/more", PACK, SENML_JSON)))
          .isEqualTo(ResponseCode.NOT_FOUND);
      assertThat(codeOf(bench.post("/ingest/nobody", PACK, SENML_JSON)))
          .isEqualTo(ResponseCode.NOT_FOUND);
      assertThat(codeOf(bench.post("/ingest/+", PACK, SENML_JSON)))
          .isEqualTo(ResponseCode.NOT_FOUND);
      assertThat(codeOf(bench.to(Request.newGet(), "/ingest/band-7")))
          .isEqualTo(ResponseCode.METHOD_NOT_ALLOWED);
      assertThat(codeOf(bench.post("/ingest/band-7", PACK, 310)))
          .isEqualTo(ResponseCode.UNSUPPORTED_CONTENT_FORMAT);
      var unconfirmed = bench.post("/alarm/band-7", PACK, SENML_JSON);
      unconfirmed.setConfirmable(false);
      assertThat(codeOf(unconfirmed)).isEqualTo(ResponseCode.BAD_REQUEST);
      var closed = Bench.answer(bench.send(bench.post("/ingest/patch-2", PACK, SENML_JSON)));
      assertThat(closed.getCode()).isEqualTo(ResponseCode.SERVICE_UNAVAILABLE);
      assertThat(closed.getOptions().getMaxAge()).isEqualTo(10L);
      assertThat(wire.next(Duration.ZERO)).isNull();
    }
    assertThat(bench.faults(CoapFault.UNKNOWN_PATH)).isEqualTo(3);
    assertThat(bench.faults(CoapFault.UNKNOWN_DEVICE)).isOne();
    assertThat(bench.faults(CoapFault.WRONG_METHOD)).isOne();
    assertThat(bench.faults(CoapFault.UNKNOWN_FORMAT)).isOne();
    assertThat(bench.faults(CoapFault.UNCONFIRMED_ALARM)).isOne();
    assertThat(bench.faults(CoapFault.LINK_CLOSED)).isOne();
  }

  @Test
  void aFullInboxSendsTheDeviceAwayAndAClosedLinkSendsBackWhatNobodyTook() throws Exception {
    var waiting = new ArrayList<Request>();
    try (var wire = bench.hub.transportFor("band-7").open()) {
      for (int i = 0; i < Inbox.CAPACITY; i++) {
        var request = bench.post("/ingest/band-7", PACK, SENML_JSON);
        request.setConfirmable(false);
        waiting.add(bench.send(request));
      }
      var oneTooMany = bench.post("/ingest/band-7", PACK, SENML_JSON);
      while (bench.hub.taken() < Inbox.CAPACITY) {
        Thread.onSpinWait();
      }
      assertThat(codeOf(oneTooMany)).isEqualTo(ResponseCode.SERVICE_UNAVAILABLE);
      assertThat(bench.faults(CoapFault.INBOX_FULL)).isOne();
      var taken = Bench.next(wire);
      wire.close();
      for (var request : waiting.subList(1, waiting.size())) {
        assertThat(Bench.answer(request).getCode()).isEqualTo(ResponseCode.SERVICE_UNAVAILABLE);
      }
      assertThat(waiting.getFirst().getResponse()).isNull();
      taken.accept(null);
      assertThat(Bench.answer(waiting.getFirst()).getCode()).isEqualTo(ResponseCode.CHANGED);
      assertThatThrownBy(() -> wire.next(Duration.ofSeconds(5))).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aBodyInBlocksArrivesWholeAndOneThatIsTooLargeIsRefused() throws Exception {
    try (var wire = bench.hub.transportFor("band-7").open()) {
      var whole = bench.send(bench.post("/ingest/band-7", "x".repeat(5_000), SENML_JSON));
      var delivery = Bench.next(wire);
      assertThat(delivery.message().bytes()).hasSize(5_000);
      delivery.accept(null);
      assertThat(Bench.answer(whole).getCode()).isEqualTo(ResponseCode.CHANGED);
      assertThat(codeOf(bench.post("/ingest/band-7", "x".repeat(70_000), SENML_JSON)))
          .isEqualTo(ResponseCode.REQUEST_ENTITY_TOO_LARGE);
    }
  }

  @Test
  void aHubLinkGetsEveryDeviceThatHasNoLinkOfItsOwn() throws Exception {
    try (var own = bench.hub.transportFor("band-7").open();
        var rest = bench.hub.transportForAll().open()) {
      var first = bench.send(bench.post("/ingest/band-7", PACK, SENML_JSON));
      var second = bench.send(bench.post("/ingest/cuff-1", PACK, SENML_JSON));
      var fromOwn = Bench.next(own);
      var fromRest = Bench.next(rest);
      assertThat(fromOwn.message().device()).isEqualTo("band-7");
      assertThat(fromRest.message().device()).isEqualTo("cuff-1");
      fromOwn.accept(null);
      fromRest.accept(null);
      assertThat(Bench.answer(first).getCode()).isEqualTo(ResponseCode.CHANGED);
      assertThat(Bench.answer(second).getCode()).isEqualTo(ResponseCode.CHANGED);
    }
  }

  @Test
  void aLinkIsOpenOnceAndCanBeOpenedAgainAfterItClosed() throws Exception {
    var transport = bench.hub.transportFor("band-7");
    try (var wire = transport.open()) {
      assertThatThrownBy(transport::open).hasMessageContaining("open already");
      assertThatThrownBy(() -> wire.send(Message.text("/x", "text/plain", "x")))
          .isInstanceOf(IOException.class);
    }
    transport.open().close();
  }

  @Test
  void closingTheHubEndsItsLinks() throws Exception {
    try (var wire = bench.hub.transportFor("band-7").open()) {
      bench.hub.close();
      assertThatThrownBy(() -> wire.next(Bench.LIMIT)).hasMessageContaining("closed");
      assertThatThrownBy(() -> bench.hub.start()).hasMessageContaining("closed");
    }
  }

  @Test
  void discoveryNamesWhatIsServed() throws Exception {
    var request = bench.send(bench.to(Request.newGet(), "/.well-known/core"));
    var response = Bench.answer(request);
    assertThat(response.getCode()).isEqualTo(ResponseCode.CONTENT);
    assertThat(response.getOptions().getContentFormat()).isEqualTo(40);
    assertThat(response.getPayloadString())
        .contains("</ingest>")
        .contains("</alarm>")
        .contains("medtwin.ingest")
        .contains("110")
        .contains("112");
  }

  @Test
  void noSettingsFileIsWritten() {
    assertThat(Files.exists(Path.of("Californium3.properties"))).isFalse();
  }

  @Test
  void aPlainPortThatOthersCanReachMustBeInsistedOn() throws Exception {
    var anywhere = InetAddress.getByName("0.0.0.0");
    assertThatThrownBy(
            () ->
                new CoapServerConfig(anywhere, 5683, null, false, CoapServerConfig.Limits.DEFAULT))
        .hasMessageContaining("allowPlain");
    new CoapServerConfig(anywhere, 5683, 5684, true, CoapServerConfig.Limits.DEFAULT);
    assertThatThrownBy(
            () -> new CoapServerConfig(anywhere, null, null, true, CoapServerConfig.Limits.DEFAULT))
        .hasMessageContaining("neither");
  }

  @Test
  void aPortInUseFailsTheLinkThatOpensIt() throws Exception {
    try (var second =
        new CoapServerHub(
            new CoapServerConfig(
                InetAddress.getLoopbackAddress(),
                bench.plainPort(),
                null,
                false,
                CoapServerConfig.Limits.DEFAULT),
            PskStore.empty())) {
      assertThatThrownBy(() -> second.transportFor("band-7").open())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot bind");
    }
  }

  private ResponseCode codeOf(Request request) throws InterruptedException {
    return Bench.answer(bench.send(request)).getCode();
  }
}
