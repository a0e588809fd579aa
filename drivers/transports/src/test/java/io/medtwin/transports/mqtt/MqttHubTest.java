package io.medtwin.transports.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.spi.Message;
import io.medtwin.spi.MessageLink.Refusal;
import io.medtwin.spi.transport.Delivery;
import io.medtwin.spi.transport.MessageWire;
import io.medtwin.transports.mqtt.MqttConfig.Version;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
@EnabledIf(
    value = "io.medtwin.transports.mqtt.MqttHubTest#brokerInstalled",
    disabledReason = "mosquitto is not installed (apt-get install mosquitto)")
class MqttHubTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(300);

  @TempDir Path folder;
  private MosquittoBroker broker;
  private MqttClient device;

  static boolean brokerInstalled() {
    return MosquittoBroker.binary() != null;
  }

  @BeforeEach
  void startBrokerAndDevice() throws Exception {
    broker = new MosquittoBroker(folder, "max_inflight_messages 20");
    device = connected("device");
  }

  @AfterEach
  void stopBrokerAndDevice() throws Exception {
    if (device.isConnected()) {
      device.disconnectForcibly(0, 1, false);
    }
    broker.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = Version.class,
      names = {"V5", "V3_1_1"})
  void aMessageTellsItsDeviceTopicAndContentType(Version version) throws Exception {
    try (var hub = new MqttHub(config("gw").withVersion(version))) {
      var wire = new MqttTransport(hub, MqttLinkConfig.of("med/v1/+/{device}/telemetry/#")).open();
      publish("med/v1/icu/watch-7/telemetry/senml", "[]");
      Message message = next(wire).message();
      assertThat(message.address()).isEqualTo("med/v1/icu/watch-7/telemetry/senml");
      assertThat(message.device()).isEqualTo("watch-7");
      assertThat(message.contentType()).isEqualTo("application/senml+json");
      assertThat(message.attributes()).containsExactly(Map.entry("qos", "1"));
      assertThat(text(message)).isEqualTo("[]");
    }
  }

  @Test
  void mqtt5PropertiesBecomeContentTypeAndAttributes() throws Exception {
    try (var hub = new MqttHub(config("gw"))) {
      var wire = new MqttTransport(hub, MqttLinkConfig.of("med/{device}")).open();
      var properties = new MqttProperties();
      properties.setContentType("Application/SenML+CBOR; charset=x");
      properties.getUserProperties().add(new UserProperty("schema", "vitals/2"));
      properties.getUserProperties().add(new UserProperty("retained", "true"));
      device.publish("med/w1", new MqttMessage(new byte[] {1}, 0, false, properties));
      Message message = next(wire).message();
      assertThat(message.contentType()).isEqualTo("application/senml+cbor");
      assertThat(message.attributes())
          .containsOnly(Map.entry("schema", "vitals/2"), Map.entry("qos", "0"));
    }
  }

  @Test
  void aRetainedMessageIsMarkedAndComesWithEachOpening() throws Exception {
    device.publish(
        "med/w1/status", new MqttMessage(bytes("online"), 1, true, new MqttProperties()));
    try (var hub = new MqttHub(config("gw"))) {
      var transport = new MqttTransport(hub, MqttLinkConfig.of("med/{device}/status"));
      for (int opening = 0; opening < 2; opening++) {
        var wire = transport.open();
        Delivery delivery = next(wire);
        assertThat(delivery.message().attributes()).containsEntry("retained", "true");
        delivery.accept(null);
        wire.close();
      }
    }
  }

  @Test
  void aFixedDeviceGetsItsOwnMessagesOnly() throws Exception {
    try (var hub = new MqttHub(config("gw"))) {
      var wire = new MqttTransport(hub, MqttLinkConfig.of("med/{device}/x", "w2")).open();
      publish("med/w1/x", "not mine");
      publish("med/w2/x", "mine");
      Message message = next(wire).message();
      assertThat(message.device()).isEqualTo("w2");
      assertThat(text(message)).isEqualTo("mine");
      assertThat(hub.counters().received()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Version.class,
      names = {"V5", "V3_1_1"})
  void aMessageIsNotAcknowledgedUntilAcceptedAndComesAgainAfterAReconnect(Version version)
      throws Exception {
    var config = config("gw").withVersion(version);
    long number;
    try (var hub = new MqttHub(config)) {
      var wire = new MqttTransport(hub, MqttLinkConfig.of("med/{device}")).open();
      publish("med/w1", "accepted");
      publish("med/w1", "not settled");
      publish("med/w1", "never handed out");
      next(wire).accept(null);
      Delivery delivery = next(wire);
      assertThat(text(delivery.message())).isEqualTo("not settled");
      assertThat(delivery.mayBeAgain()).isFalse();
      number = delivery.number();
    }
    publish("med/w1", "sent meanwhile");
    try (var hub = new MqttHub(config)) {
      var wire = new MqttTransport(hub, MqttLinkConfig.of("med/{device}")).open();
      Set<String> seen = new HashSet<>();
      for (int i = 0; i < 3; i++) {
        Delivery delivery = next(wire);
        seen.add(text(delivery.message()));
        if (text(delivery.message()).equals("not settled")) {
          assertThat(delivery.mayBeAgain()).as("DUP").isTrue();
          assertThat(delivery.number()).isEqualTo(number);
        }
        delivery.accept(null);
      }
      assertThat(seen)
          .containsExactlyInAnyOrder("not settled", "never handed out", "sent meanwhile");
      assertThat(wire.next(SHORT)).isNull();
    }
    try (var hub = new MqttHub(config)) {
      var wire = new MqttTransport(hub, MqttLinkConfig.of("med/{device}")).open();
      publish("med/w1", "after");
      assertThat(text(next(wire).message())).as("nothing comes again").isEqualTo("after");
    }
  }

  @Test
  void whatAClosedWireLeftUnsettledIsTheFirstThingTheNextGets() throws Exception {
    try (var hub = new MqttHub(config("gw"))) {
      var transport = new MqttTransport(hub, MqttLinkConfig.of("med/{device}"));
      var wire = transport.open();
      publish("med/w1", "1");
      publish("med/w1", "2");
      Delivery first = next(wire);
      Delivery second = next(wire);
      wire.close();
      publish("med/w1", "3");
      first.accept(null); // became safe after its session had ended
      var successor = transport.open();
      assertThat(text(next(successor).message())).isEqualTo("2");
      assertThat(text(next(successor).message())).isEqualTo("3");
      second.accept(null);
    }
  }

  @Test
  void aMessageForTwoLinksIsAcknowledgedWhenBothHaveSettledIt() throws Exception {
    var config = config("gw");
    try (var hub = new MqttHub(config)) {
      var all = new MqttTransport(hub, MqttLinkConfig.of("med/#")).open();
      var one = new MqttTransport(hub, MqttLinkConfig.of("med/{device}")).open();
      publish("med/w1", "for both");
      next(all).accept(null);
      assertThat(text(next(one).message())).isEqualTo("for both"); // not settled
    }
    try (var hub = new MqttHub(config)) {
      var all = new MqttTransport(hub, MqttLinkConfig.of("med/#"));
      var one = new MqttTransport(hub, MqttLinkConfig.of("med/{device}")).open();
      assertThat(text(next(one).message())).isEqualTo("for both");
      assertThat(text(next(all.open()).message())).isEqualTo("for both");
    }
  }

  @Test
  void aRefusedMessageIsAcknowledgedAndCounted() throws Exception {
    var config = config("gw");
    try (var hub = new MqttHub(config)) {
      var wire = new MqttTransport(hub, MqttLinkConfig.of("med/{device}")).open();
      publish("med/w1", "nonsense");
      next(wire).refuse(Refusal.MALFORMED, "no JSON");
      assertThat(hub.counters().refused()).isEqualTo(1);
    }
    try (var hub = new MqttHub(config)) {
      var wire = new MqttTransport(hub, MqttLinkConfig.of("med/{device}")).open();
      publish("med/w1", "after");
      assertThat(text(next(wire).message())).isEqualTo("after");
    }
  }

  @Test
  void aMessageOver64KibIsRefusedAndCounted() throws Exception {
    try (var hub = new MqttHub(config("gw"))) {
      var wire = new MqttTransport(hub, MqttLinkConfig.of("med/{device}")).open();
      device.publish("med/w1", new byte[64 * 1024 + 1], 1, false);
      publish("med/w1", "small");
      assertThat(text(next(wire).message())).isEqualTo("small");
      assertThat(hub.counters().tooLarge()).isEqualTo(1);
    }
  }

  @Test
  void aFullInboxLeavesQos1WithTheBrokerAndLosesNothing() throws Exception {
    var link = new MqttLinkConfig(TopicPattern.parse("med/{device}"), null, 1, null, 4);
    try (var hub = new MqttHub(config("gw").withVersion(Version.V3_1_1))) {
      var transport = new MqttTransport(hub, link);
      var wire = transport.open();
      for (int i = 0; i < 10; i++) {
        publish("med/w1", "n" + i);
      }
      until("nobody reads for longer than a message waits", () -> hub.counters().withheld() > 0);
      Set<String> seen = new HashSet<>();
      while (seen.size() < 10) {
        try {
          Delivery delivery = next(wire);
          seen.add(text(delivery.message()));
          delivery.accept(null);
        } catch (IOException e) {
          wire = reopened(transport); // the hub connects anew to fetch what had no room
        }
      }
      assertThat(hub.counters().connections()).isGreaterThan(1);
    }
  }

  @Test
  void aFullInboxThatIsReadHoldsTheBrokerWithoutAnotherConnection() throws Exception {
    var link = new MqttLinkConfig(TopicPattern.parse("med/{device}"), null, 1, null, 4);
    try (var hub = new MqttHub(config("gw"))) {
      var wire = new MqttTransport(hub, link).open();
      for (int i = 0; i < 100; i++) {
        publish("med/w1", "n" + i);
      }
      for (int i = 0; i < 100; i++) {
        Delivery delivery = next(wire);
        assertThat(text(delivery.message())).isEqualTo("n" + i);
        delivery.accept(null);
      }
      assertThat(hub.counters().withheld()).isZero();
      assertThat(hub.counters().connections()).isEqualTo(1);
    }
  }

  private static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("not within 20 s: " + what);
      }
      Thread.onSpinWait();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Version.class,
      names = {"V5", "V3_1_1"})
  void aBrokerRestartEndsEveryWireAndIsSubscribedAgain(Version version) throws Exception {
    try (var hub = new MqttHub(config("gw").withVersion(version))) {
      var transport = new MqttTransport(hub, MqttLinkConfig.of("med/{device}"));
      var wire = transport.open();
      var reading =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return wire.next(LONG);
                } catch (IOException | InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              },
              Thread::startVirtualThread);
      broker.stop();
      assertThatThrownBy(() -> reading.get(5, TimeUnit.SECONDS))
          .hasRootCauseInstanceOf(IOException.class);
      assertThatThrownBy(() -> openUntilItFails(transport)).isInstanceOf(IOException.class);
      broker.start();
      MessageWire again = reopened(transport);
      device = connected("device2");
      publish("med/w1", "back");
      assertThat(text(next(again).message())).isEqualTo("back");
      assertThat(hub.counters().connections()).isGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void openingFailsWhileTheBrokerIsDownAndSaysWhatHappensNextAlwaysInTheSameWords()
      throws Exception {
    broker.stop();
    try (var hub =
        new MqttHub(config("gw").withRetry(Duration.ofMillis(10), Duration.ofMinutes(1)))) {
      var transport = new MqttTransport(hub, MqttLinkConfig.of("med/{device}"));
      for (int attempt = 0; attempt < 3; attempt++) {
        assertThatThrownBy(transport::open)
            .isInstanceOf(IOException.class)
            .hasMessage(
                "mqtt:127.0.0.1:" + broker.port() + ": Connection refused; trying again by itself");
      }
    }
  }

  @Test
  void closingAWireEndsItsNextWithinASecondAndLeavesTheOthers() throws Exception {
    try (var hub = new MqttHub(config("gw"))) {
      var closing = new MqttTransport(hub, MqttLinkConfig.of("a/{device}")).open();
      var staying = new MqttTransport(hub, MqttLinkConfig.of("b/{device}")).open();
      var reading =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return closing.next(LONG);
                } catch (IOException | InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              },
              Thread::startVirtualThread);
      closing.close();
      assertThatThrownBy(() -> reading.get(1, TimeUnit.SECONDS))
          .hasRootCauseMessage(
              "mqtt:127.0.0.1:" + broker.port() + " a/{device}: closed by the gateway");
      publish("b/w1", "still here");
      assertThat(text(next(staying).message())).isEqualTo("still here");
    }
  }

  @Test
  void sendPublishes() throws Exception {
    try (var hub = new MqttHub(config("gw"))) {
      var wire = new MqttTransport(hub, MqttLinkConfig.of("med/{device}/cmd/reply")).open();
      wire.send(
          new Message(
              "med/w1/cmd/reply",
              null,
              "application/json",
              Map.of(),
              ByteBuffer.wrap(bytes("{}"))));
      Message message = next(wire).message();
      assertThat(message.contentType()).isEqualTo("application/json");
      assertThat(text(message)).isEqualTo("{}");
    }
  }

  @Test
  void anInterruptedOpenGivesUpAtOnce() throws Exception {
    try (var hub = new MqttHub(config("gw"))) {
      var transport = new MqttTransport(hub, MqttLinkConfig.of("med/{device}"));
      transport.open().close();
      Thread.currentThread().interrupt();
      assertThatThrownBy(transport::open).isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void presenceIsBornAndSaysGoodbye() throws Exception {
    var presence = MqttPresence.at("med/v1/gateways/g1/status");
    try (var watcher = new MqttHub(config("watcher"))) {
      var wire =
          new MqttTransport(watcher, MqttLinkConfig.of("med/v1/gateways/{device}/status")).open();
      var hub = new MqttHub(config("g1").withPresence(presence));
      new MqttTransport(hub, MqttLinkConfig.of("x/{device}")).open();
      assertThat(text(next(wire).message())).isEqualTo(presence.online());
      hub.close();
      assertThat(text(next(wire).message())).isEqualTo(presence.shutdown());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Version.class,
      names = {"V5", "V3_1_1"})
  void aLostConnectionLeavesTheWill(Version version) throws Exception {
    var presence =
        new MqttPresence("gateways/g1/status", "online", "lost", "shutdown", Duration.ZERO);
    try (var watcher = new MqttHub(config("watcher"));
        var cable = new Cable(broker.port())) {
      var wire = new MqttTransport(watcher, MqttLinkConfig.of("gateways/{device}/status")).open();
      var behindCable =
          MqttConfig.of("tcp://127.0.0.1:" + cable.port(), "g1")
              .withVersion(version)
              .withPresence(presence)
              .withRetry(Duration.ofMinutes(1), Duration.ofMinutes(1));
      try (var hub = new MqttHub(behindCable)) {
        var lost = new MqttTransport(hub, MqttLinkConfig.of("x/{device}")).open();
        assertThat(text(next(wire).message())).isEqualTo("online");
        cable.close();
        assertThat(text(next(wire).message())).isEqualTo("lost");
        assertThatThrownBy(() -> lost.next(LONG)).isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void qos0BeyondTheInboxIsDroppedAndCounted() throws Exception {
    try (var hub = new MqttHub(config("gw"))) {
      var small = new MqttLinkConfig(TopicPattern.parse("small/{device}"), null, 0, null, 2);
      var wire = new MqttTransport(hub, small).open();
      var marker = new MqttTransport(hub, MqttLinkConfig.of("marker/{device}")).open();
      for (int i = 0; i < 5; i++) {
        device.publish("small/w1", bytes("n" + i), 0, false);
      }
      publish("marker/w1", "all five came before");
      next(marker);
      assertThat(hub.counters().dropped()).isEqualTo(3);
      assertThat(text(next(wire).message())).isEqualTo("n0");
      assertThat(text(next(wire).message())).isEqualTo("n1");
    }
  }

  private MqttClient connected(String clientId) throws Exception {
    var client = new MqttClient(broker.uri(), clientId, new MemoryPersistence());
    client.connect();
    return client;
  }

  private MqttConfig config(String clientId) {
    return MqttConfig.of(broker.uri(), clientId)
        .withRetry(Duration.ofMillis(20), Duration.ofMillis(50));
  }

  /**
   * Publishes and waits for the broker's yes. Where that comes before Paho has counted the message
   * as under way, its count stays one too high; when it is full another client goes on.
   */
  private void publish(String topic, String text) throws Exception {
    try {
      device.publish(topic, bytes(text), 1, false);
    } catch (MqttException e) {
      if (e.getReasonCode() != MqttClientException.REASON_CODE_MAX_INFLIGHT) {
        throw e;
      }
      device.disconnectForcibly(0, 1, false);
      device = connected("device-again");
      device.publish(topic, bytes(text), 1, false);
    }
  }

  private static Delivery next(MessageWire wire) throws IOException, InterruptedException {
    Delivery delivery = wire.next(LONG);
    if (delivery == null) {
      throw new AssertionError("no message came");
    }
    return delivery;
  }

  /** What the runtime does: opens again until it works. */
  private static MessageWire reopened(MqttTransport transport) throws InterruptedException {
    while (true) {
      try {
        return transport.open();
      } catch (IOException e) {
        Thread.onSpinWait();
      }
    }
  }

  private static void openUntilItFails(MqttTransport transport)
      throws IOException, InterruptedException {
    while (true) {
      transport.open().close();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static String text(Message message) {
    return new String(message.bytes(), UTF_8);
  }
}
