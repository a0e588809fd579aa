package io.medtwin.transports.ble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.medtwin.spi.Message;
import io.medtwin.transports.ble.GattEvent.Kind;
import io.medtwin.transports.ble.GattEvent.Part;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenMqttTest {

  private static final OpenMqtt DIALECT = new OpenMqtt("home");

  @Test
  void aReadReplyNamesServiceAndCharacteristicShort() throws Exception {
    var event =
        one(
            "home/ward3/BTtoMQTT/AABBCCDDEEFF",
            """
            {"id":"AA:BB:CC:DD:EE:FF","service":"0000181d-0000-1000-8000-00805f9b34fb",
             "characteristic":"00002a9d-0000-1000-8000-00805f9b34fb","read":"02E83A","success":true}
            """);
    assertThat(event.kind()).isEqualTo(Kind.READ_RESPONSE);
    assertThat(event.service()).isEqualTo("181D");
    assertThat(event.characteristic()).isEqualTo("2A9D");
    var message = event.toMessage(false);
    assertThat(message.bytes()).containsExactly(0x02, 0xE8, 0x3A);
    assertThat(message.address()).isEqualTo("AA:BB:CC:DD:EE:FF");
    assertThat(message.device()).isEqualTo("AA:BB:CC:DD:EE:FF");
    assertThat(message.attributes())
        .containsEntry(Message.GATT_KIND, "readResponse")
        .containsEntry(Message.GATT_CHARACTERISTIC, "2A9D")
        .containsEntry(Message.BRIDGE, "ward3")
        .doesNotContainKey(GattEvent.OK);
  }

  @Test
  void aFailedReadIsAnErrorAndNeverAnEmptyValue() throws Exception {
    var event =
        one(
            "home/ward3/BTtoMQTT/AABBCCDDEEFF",
            "{\"id\":\"AA:BB:CC:DD:EE:FF\",\"characteristic\":\"2a9d\",\"success\":false}");
    assertThat(event.kind()).isEqualTo(Kind.GATT_ERROR);
    assertThat(event.toMessage(false).attributes()).containsEntry(GattEvent.OK, "false");
  }

  @Test
  void anAdvertisementWithTwoKindsOfDataIsTwoEvents() throws Exception {
    var input =
        DIALECT.read(
            message(
                "home/ward3/BTtoMQTT/undecoded",
                """
                {"id":"54:94:5E:9F:64:C4","mac_type":"0","rssi":"-74","servicedata":"01ff",
                 "servicedatauuid":"0xfe95","manufacturerdata":"4c0010"}
                """));
    var events = ((BridgeInput.Events) input).events();
    assertThat(events)
        .extracting(GattEvent::part)
        .containsExactly(Part.SERVICE_DATA, Part.MANUFACTURER_DATA);
    assertThat(events.getFirst().service()).isEqualTo("FE95");
    assertThat(events).allSatisfy(event -> assertThat(event.rssi()).isEqualTo(-74));
    assertThat(events).allSatisfy(event -> assertThat(event.addressType()).isEqualTo("public"));
  }

  @Test
  void anIBeaconWhoseIdIsItsUuidIsKnownByItsMac() throws Exception {
    var event =
        one(
            "home/ward3/BTtoMQTT/1de4b189115e45f6b44e509352269977",
            "{\"id\":\"1de4b189115e45f6b44e509352269977\",\"mac\":\"60:87:57:4C:9B:C2\",\"major\":0}");
    assertThat(event.device()).isEqualTo("60:87:57:4C:9B:C2");
    assertThat(event.kind()).isEqualTo(Kind.DECODED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"F3:52:85\",\"tempc\":1}",
        "{\"id\":\"AA:BB:CC:DD:EE:00\",\"tempc\":1}",
        "{\"id\":7,\"tempc\":1}"
      })
  void anIdThatIsNoAddressOrAnotherThanTheTopicsIsRefused(String json) {
    assertThat(fault("home/ward3/BTtoMQTT/AABBCCDDEEFF", json))
        .isEqualTo(BridgeFault.INVALID_DEVICE_ID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"id\":",
        "{\"hum\":1,\"hum\":2}",
        "{\"hum\":1} {}",
        "{\"servicedata\":\"drfgdr\"}",
        "{\"a\":[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}",
        "{\"success\":true,\"characteristic\":\"2a9d\"}",
        "{\"success\":\"yes\",\"characteristic\":\"2a9d\",\"read\":\"00\"}"
      })
  void whatIsNotThisJsonIsMalformed(String json) {
    assertThat(fault("home/ward3/BTtoMQTT/AABBCCDDEEFF", json)).isEqualTo(BridgeFault.MALFORMED);
  }

  @Test
  void moreThan64KiBIsTooLarge() {
    assertThat(fault("home/ward3/BTtoMQTT/AABBCCDDEEFF", " ".repeat(65_537)))
        .isEqualTo(BridgeFault.TOO_LARGE);
  }

  @Test
  void birthAndWillAreThePresenceOfTheBridge() throws Exception {
    assertThat(DIALECT.read(message("home/ward3/LWT", "offline")))
        .isEqualTo(new BridgeInput.Presence("ward3", false));
    assertThat(DIALECT.read(message("home/ward3/LWT", "online")))
        .isEqualTo(new BridgeInput.Presence("ward3", true));
    assertThat(DIALECT.read(message("home/ward3/SYStoMQTT", "{}")))
        .isEqualTo(new BridgeInput.Nothing());
  }

  @Test
  void aReadIsAskedForAndNothingIsEverWritten() {
    var poll = new ReadPoll("ward3", "aabbccddeeff", true, "181d", "2a9d", Duration.ofMinutes(5));
    var request = DIALECT.readRequest(poll);
    assertThat(request.address()).isEqualTo("home/ward3/commands/MQTTtoBT/config");
    assertThat(new String(request.bytes(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"ble_read_address\":\"AA:BB:CC:DD:EE:FF\","
                + "\"ble_read_service\":\"0000181d-0000-1000-8000-00805f9b34fb\","
                + "\"ble_read_char\":\"00002a9d-0000-1000-8000-00805f9b34fb\","
                + "\"value_type\":\"HEX\",\"mac_type\":1,\"ttl\":2,\"immediate\":true}");
  }

  @Test
  void anotherBaseTopicIsHonouredAndWildcardsAreNot() throws Exception {
    var dialect = new OpenMqtt("site/ble");
    assertThat(dialect.topicFilter()).isEqualTo("site/ble/+/#");
    assertThat(dialect.read(message("site/ble/gw/LWT", "online")))
        .isEqualTo(new BridgeInput.Presence("gw", true));
    assertThatThrownBy(() -> new OpenMqtt("home/#")).isInstanceOf(IllegalArgumentException.class);
  }

  private static GattEvent one(String topic, String json) throws BridgeFormatException {
    var events = ((BridgeInput.Events) DIALECT.read(message(topic, json))).events();
    assertThat(events).hasSize(1);
    return events.getFirst();
  }

  private static BridgeFault fault(String topic, String json) {
    return catchThrowableOfType(
            BridgeFormatException.class, () -> DIALECT.read(message(topic, json)))
        .fault();
  }

  private static Message message(String topic, String text) {
    return Message.text(topic, "application/json", text);
  }
}
