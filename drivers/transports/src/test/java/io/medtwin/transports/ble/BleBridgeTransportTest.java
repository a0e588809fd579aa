package io.medtwin.transports.ble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Message;
import io.medtwin.spi.MessageLink.Refusal;
import io.medtwin.spi.transport.Delivery;
import io.medtwin.spi.transport.MessageWire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BleBridgeTransportTest {

  private static final String GATEWAY = "CC:1B:E0:E2:8F:2C";
  private static final String CUFF = "02:00:00:00:20:00";
  private static final String SCALE = "02:00:00:00:20:01";
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-24T08:00:00Z"));

  private final FakeCarrier carrier = new FakeCarrier();

  @Test
  void itIsABleLinkThatNamesItsCarrier() {
    var transport = transport(BleBridgeConfig.hub(new CassiaMqtt()));
    assertThat(transport.kind()).isEqualTo(LinkKind.BLE);
    assertThat(transport.name()).isEqualTo("ble:cassia-mqtt/+ over mqtt:broker");
  }

  @Test
  void aConfiguredHandleIsACharacteristicAtOnce() throws Exception {
    var carried = notification(CUFF, 2065, "1E84");
    var wire = open(cassia(null, Map.of(CUFF, Map.of(2065, "2a35"))));
    var delivery = next(wire);
    assertThat(delivery.message().attributes())
        .containsEntry(Message.GATT_KIND, "notification")
        .containsEntry(Message.GATT_CHARACTERISTIC, "2A35")
        .containsEntry(GattEvent.HANDLE, "2065")
        .containsEntry(Message.BRIDGE, GATEWAY);
    assertThat(delivery.message().bytes()).containsExactly(0x1E, 0x84);
    assertThat(carried.settlements()).isEmpty();
    delivery.accept(null);
    assertThat(carried.settlements()).containsExactly("accepted");
    assertThat(carrier.sent()).isEmpty();
  }

  @Test
  void anUnknownHandleIsDiscoveredOnceAndNotificationsWaitInOrder() throws Exception {
    var first = notification(CUFF, 2065, "01");
    notification(CUFF, 2065, "02");
    var wire = open(cassia(null, Map.of()));
    assertThat(wire.next(SECOND)).isNull();
    assertThat(first.settlements()).isEmpty();
    assertThat(carrier.sent()).hasSize(1);
    var question = json(carrier.sent().getFirst());
    assertThat(carrier.sent().getFirst().address()).isEqualTo("down/" + GATEWAY + "/api");
    assertThat(question.get("action").asText()).isEqualTo("api");
    assertThat(question.get("timestamp").asLong()).isEqualTo(CLOCK.millis());
    assertThat(question.at("/data/method").asText()).isEqualTo("GET");
    assertThat(question.at("/data/url").asText())
        .isEqualTo("/gatt/nodes/" + CUFF + "/services/characteristics/descriptors");

    var reply = apiReply(question.get("id").asText(), 200, services(2065, "2a35"));
    notification(CUFF, 2065, "03");
    for (int expected = 1; expected <= 3; expected++) {
      var delivery = next(wire);
      assertThat(delivery.message().attributes())
          .containsEntry(Message.GATT_CHARACTERISTIC, "2A35");
      assertThat(delivery.message().bytes()).containsExactly(expected);
      delivery.accept(null);
    }
    assertThat(reply.settlements()).containsExactly("accepted");
    assertThat(first.settlements()).containsExactly("accepted");
    assertThat(carrier.sent()).hasSize(1);
  }

  @Test
  void aDiscoveryThatIsNotAnsweredLetsNotificationsGoWithoutACharacteristic() throws Exception {
    var transport = transport(cassia(null, Map.of()));
    var carried = notification(CUFF, 2065, "01");
    var wire = transport.open();
    assertThat(wire.next(Duration.ofSeconds(9))).isNull();
    var delivery = next(wire);
    assertThat(delivery.message().attributes())
        .doesNotContainKey(Message.GATT_CHARACTERISTIC)
        .containsEntry(GattEvent.HANDLE, "2065");
    delivery.accept(null);
    assertThat(carried.settlements()).containsExactly("accepted");
    notification(CUFF, 2065, "02");
    assertThat(next(wire).message().bytes()).containsExactly(2);
    assertThat(carrier.sent()).hasSize(1);
    assertThat(transport.faults()).containsEntry(BridgeFault.DISCOVERY_FAILED, 1L);
    assertThat(wire.next(Duration.ofSeconds(31))).isNull();
    notification(CUFF, 2065, "03");
    assertThat(wire.next(SECOND)).isNull();
    assertThat(carrier.sent()).hasSize(2);
  }

  @Test
  void aBusyBridgeIsNotAskedAgainAtOnce() throws Exception {
    notification(CUFF, 2065, "01");
    var wire = open(cassia(null, Map.of()));
    assertThat(wire.next(SECOND)).isNull();
    var id = json(carrier.sent().getFirst()).get("id").asText();
    apiReply(id, 500, "\"chip busy\"");
    assertThat(next(wire).message().attributes()).doesNotContainKey(Message.GATT_CHARACTERISTIC);
    notification(CUFF, 2065, "02");
    next(wire);
    assertThat(carrier.sent()).hasSize(1);
  }

  @Test
  void eachConnectionIsDiscoveredAnew() throws Exception {
    var wire = open(cassia(null, Map.of()));
    connection(CUFF, "connected");
    assertThat(text(next(wire))).isEqualTo("connected");
    apiReply(idOf(0), 200, services(2065, "2a35"));
    notification(CUFF, 2065, "01");
    assertThat(next(wire).message().attributes())
        .containsEntry(Message.GATT_CHARACTERISTIC, "2A35");
    connection(CUFF, "disconnected");
    assertThat(text(next(wire))).isEqualTo("disconnected");
    connection(CUFF, "connected");
    next(wire);
    apiReply(idOf(1), 200, services(2065, "2a37"));
    notification(CUFF, 2065, "02");
    assertThat(next(wire).message().attributes())
        .containsEntry(Message.GATT_CHARACTERISTIC, "2A37");
    assertThat(idOf(0)).isNotEqualTo(idOf(1));
  }

  @Test
  void anAnswerToSomebodyElsesRequestIsAcceptedAndIgnored() throws Exception {
    var carried = apiReply("another", 200, services(2065, "2a35"));
    assertThat(open(cassia(null, Map.of())).next(SECOND)).isNull();
    assertThat(carried.settlements()).containsExactly("accepted");
  }

  @Test
  void moreNotificationsThanCanWaitGoOnWithoutACharacteristic() throws Exception {
    for (int i = 0; i <= Discovery.MAX_HELD_OF_DEVICE; i++) {
      notification(CUFF, 2065, "01");
    }
    var transport = transport(cassia(null, Map.of()));
    var wire = transport.open();
    assertThat(next(wire).message().attributes()).doesNotContainKey(Message.GATT_CHARACTERISTIC);
    assertThat(wire.next(SECOND)).isNull();
    assertThat(transport.faults()).containsEntry(BridgeFault.HOLD_FULL, 1L);
  }

  @Test
  void aHeartbeatIsAnsweredWithItsIdAndAccepted() throws Exception {
    var carried =
        carrier.plays(
            "up/" + GATEWAY + "/heartbeat",
            "{\"id\":\"35656\",\"action\":\"heartbeat\",\"timestamp\":1678698297028,"
                + "\"gateway\":\""
                + GATEWAY
                + "\",\"data\":{}}");
    assertThat(open(cassia(null, Map.of())).next(SECOND)).isNull();
    assertThat(carried.settlements()).containsExactly("accepted");
    assertThat(carrier.sent().getFirst().address())
        .isEqualTo("down/" + GATEWAY + "/heartbeat_reply");
  }

  @Test
  void aBatchIsAcceptedWithItsLastEventAndABadObjectCostsOnlyItself() throws Exception {
    var carried =
        envelope(
            "connection_state",
            "[{\"handle\":\""
                + CUFF
                + "\",\"connectionState\":\"disconnected\"},{\"handle\":\"F3:52:85\","
                + "\"connectionState\":\"connected\"},{\"handle\":\""
                + SCALE
                + "\",\"connectionState\":\"disconnected\"}]");
    var transport = transport(cassia(null, Map.of()));
    var wire = transport.open();
    var first = next(wire);
    var second = next(wire);
    assertThat(first.message().device()).isEqualTo(CUFF);
    assertThat(second.message().device()).isEqualTo(SCALE);
    second.accept(null);
    second.accept(null);
    assertThat(carried.settlements()).isEmpty();
    first.refuse(Refusal.MALFORMED, "not mine");
    assertThat(carried.settlements()).containsExactly("accepted");
    assertThat(transport.faults()).containsEntry(BridgeFault.INVALID_DEVICE_ID, 1L);
  }

  @Test
  void aMessageOfWhichEverythingIsRefusedIsRefused() throws Exception {
    var carried = omg(SCALE, "{\"weight\":70.5}");
    next(open(openMqtt(null))).refuse(Refusal.UNSUPPORTED_FORMAT, "no");
    assertThat(carried.settlements()).containsExactly("refused UNSUPPORTED_FORMAT");
  }

  @Test
  void aMalformedMessageIsRefusedCountedAndTheNextOneIsRead() throws Exception {
    var bad = omg(SCALE, "{");
    var foreign = carrier.plays("home/ward3/BTtoMQTT/F35285", "{\"id\":\"F3:52:85\",\"hum\":1}");
    omg(SCALE, "{\"weight\":70.5}");
    var transport = transport(openMqtt(null));
    var delivery = next(transport.open());
    assertThat(text(delivery)).isEqualTo("{\"weight\":70.5}");
    assertThat(delivery.message().contentType()).isEqualTo("application/json");
    assertThat(delivery.message().attributes()).containsEntry(Message.GATT_KIND, "decoded");
    assertThat(bad.settlements()).containsExactly("refused MALFORMED");
    assertThat(foreign.settlements()).containsExactly("refused MALFORMED");
    assertThat(transport.faults())
        .containsEntry(BridgeFault.MALFORMED, 1L)
        .containsEntry(BridgeFault.INVALID_DEVICE_ID, 1L);
  }

  @Test
  void theLinkOfOneDeviceDropsAndAcceptsWhatOthersSay() throws Exception {
    var other = omg(CUFF, "{\"weight\":1}");
    omg(SCALE, "{\"weight\":70.5}");
    var wire = open(openMqtt("020000002001"));
    assertThat(next(wire).message().device()).isEqualTo(SCALE);
    assertThat(other.settlements()).containsExactly("accepted");
  }

  @Test
  void whatTheBrokerKeptStaysMarked() throws Exception {
    carrier.plays(
        "home/ward3/BTtoMQTT/020000002001", "{\"weight\":70.5}", Map.of(Message.RETAINED, "true"));
    assertThat(next(open(openMqtt(null))).message().attributes())
        .containsEntry(Message.RETAINED, "true");
  }

  @Test
  void aBridgeThatGoesTakesItsDevicesAlongAndTheirNextWordBringsThemBack() throws Exception {
    omg(SCALE, "{\"weight\":70.5}");
    carrier.plays("home/ward4/BTtoMQTT/020000002000", "{\"tempc\":36.5}");
    var will = carrier.plays("home/ward3/LWT", "offline");
    omg(SCALE, "{\"weight\":70.6}");
    var wire = open(openMqtt(null));
    var said = new ArrayList<String>();
    for (int i = 0; i < 5; i++) {
      var delivery = next(wire);
      said.add(delivery.message().device() + " " + text(delivery));
      delivery.accept(null);
    }
    assertThat(said)
        .containsExactly(
            SCALE + " {\"weight\":70.5}",
            CUFF + " {\"tempc\":36.5}",
            SCALE + " disconnected",
            SCALE + " connected",
            SCALE + " {\"weight\":70.6}");
    assertThat(will.settlements()).containsExactly("accepted");
  }

  @Test
  void readsAreAskedForAtOnceAndThenOncePerPeriod() throws Exception {
    var poll = new ReadPoll("ward3", SCALE, false, "181D", "2A9D", Duration.ofMinutes(1));
    var wire = open(new BleBridgeConfig(new OpenMqtt("home"), null, Map.of(), List.of(poll)));
    assertThat(wire.next(SECOND)).isNull();
    assertThat(carrier.sent()).hasSize(1);
    assertThat(wire.next(Duration.ofSeconds(150))).isNull();
    assertThat(carrier.sent()).hasSize(3);
    assertThat(json(carrier.sent().getLast()).get("ble_read_address").asText()).isEqualTo(SCALE);
  }

  @Test
  void nothingIsRememberedOfMoreDevicesThanTheLimit() {
    var devices = new HeardDevices();
    for (int i = 0; i < 5_000; i++) {
      var address = "%012X".formatted(i);
      devices.heard(GattEvent.connection("ward3", address, true));
    }
    assertThat(devices.size()).isEqualTo(HeardDevices.LIMIT);
  }

  @Test
  void aDriverCannotSendAndClosingClosesTheCarrier() throws Exception {
    var wire = open(openMqtt(null));
    assertThatThrownBy(() -> wire.send(Message.text("x", "text/plain", "x")))
        .isInstanceOf(IOException.class);
    wire.close();
    assertThat(carrier.isClosed()).isTrue();
    assertThatThrownBy(() -> wire.next(SECOND)).isInstanceOf(IOException.class);
  }

  @Test
  void aConfigurationThatCannotWorkIsRefused() {
    var poll = new ReadPoll("ward3", SCALE, false, "181D", "2A9D", Duration.ofMinutes(1));
    assertThatThrownBy(() -> new BleBridgeConfig(new CassiaMqtt(), null, Map.of(), List.of(poll)))
        .hasMessageContaining("OpenMQTTGateway");
    assertThatThrownBy(
            () ->
                new BleBridgeConfig(
                    new OpenMqtt("home"), null, Map.of(CUFF, Map.of(1, "2A35")), List.of()))
        .hasMessageContaining("handles");
    assertThatThrownBy(() -> cassia("F3:52:85", Map.of())).hasMessageContaining("address");
    assertThatThrownBy(() -> cassia(null, Map.of(CUFF, Map.of(0, "2A35"))))
        .hasMessageContaining("65535");
  }

  private static BleBridgeConfig cassia(
      @Nullable String device, Map<String, Map<Integer, String>> handles) {
    return new BleBridgeConfig(new CassiaMqtt(), device, handles, List.of());
  }

  private static BleBridgeConfig openMqtt(@Nullable String device) {
    return new BleBridgeConfig(new OpenMqtt("home"), device, Map.of(), List.of());
  }

  private BleBridgeTransport transport(BleBridgeConfig config) {
    return new BleBridgeTransport(carrier, config, CLOCK, carrier::nanoTime, new Random(1));
  }

  private MessageWire open(BleBridgeConfig config) throws IOException, InterruptedException {
    return transport(config).open();
  }

  private FakeCarrier.Carried omg(String device, String json) {
    return carrier.plays("home/ward3/BTtoMQTT/" + device.replace(":", ""), json);
  }

  private FakeCarrier.Carried notification(String device, int handle, String hex) {
    return envelope(
        "notification",
        "[{\"id\":\"%s\",\"handle\":%d,\"value\":\"%s\"}]".formatted(device, handle, hex));
  }

  private FakeCarrier.Carried connection(String device, String state) {
    return envelope(
        "connection_state",
        "[{\"handle\":\"%s\",\"connectionState\":\"%s\"}]".formatted(device, state));
  }

  private FakeCarrier.Carried envelope(String lane, String data) {
    return carrier.plays(
        "up/" + GATEWAY + "/" + lane,
        "{\"id\":\"1\",\"action\":\"data.%s\",\"gateway\":\"%s\",\"data\":%s}"
            .formatted(lane, GATEWAY, data));
  }

  private FakeCarrier.Carried apiReply(String id, int code, String body) {
    return carrier.plays(
        "up/" + GATEWAY + "/api_reply",
        "{\"id\":\"%s\",\"action\":\"api_reply\",\"gateway\":\"%s\",\"data\":{\"code\":%d,\"body\":%s}}"
            .formatted(id, GATEWAY, code, body));
  }

  private static String services(int handle, String uuid) {
    return "[{\"uuid\":\"00001810-0000-1000-8000-00805f9b34fb\",\"primary\":true,\"handle\":2060,"
        + "\"characteristics\":[{\"handle\":%d,\"properties\":32,".formatted(handle)
        + "\"uuid\":\"0000%s-0000-1000-8000-00805f9b34fb\",\"descriptors\":[]}]}]".formatted(uuid);
  }

  private String idOf(int sent) throws IOException {
    return json(carrier.sent().get(sent)).get("id").asText();
  }

  private static Delivery next(MessageWire wire) throws IOException, InterruptedException {
    var delivery = wire.next(Duration.ofSeconds(5));
    if (delivery == null) {
      throw new AssertionError("nothing came");
    }
    return delivery;
  }

  private static String text(Delivery delivery) {
    return new String(delivery.message().bytes(), StandardCharsets.UTF_8);
  }

  private static JsonNode json(Message message) throws IOException {
    return new ObjectMapper().readTree(message.bytes());
  }
}
