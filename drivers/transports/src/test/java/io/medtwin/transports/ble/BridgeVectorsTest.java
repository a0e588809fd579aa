package io.medtwin.transports.ble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.medtwin.spi.Message;
import io.medtwin.transports.ble.GattEvent.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each vector, alone and, where it is Cassia's, also in the envelope of its MQTT variant. */
class BridgeVectorsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CASSIA = "CC:1B:E0:E2:8F:2C";

  @TestFactory
  Stream<DynamicTest> cassiaObjectsAreReadFromTheRestAndEventStreamForm() throws IOException {
    return vectors("Cassia", "MQTT", BridgeVectorsTest::cassiaObject);
  }

  @TestFactory
  Stream<DynamicTest> cassiaObjectsAreReadFromTheMqttEnvelope() throws IOException {
    return vectors("Cassia", "read by handle", BridgeVectorsTest::cassiaEnvelope);
  }

  @TestFactory
  Stream<DynamicTest> openMqttMessagesAreRead() throws IOException {
    return Stream.concat(
        vectors("OMG", "-", BridgeVectorsTest::openMqtt),
        vectors("Theengs", "-", BridgeVectorsTest::openMqtt));
  }

  private static void cassiaObject(JsonNode vector) throws BridgeFormatException {
    var object = vector.get("json");
    var expect = vector.get("expect");
    var events =
        switch (expect.get("kind").asText()) {
          case "advertisement" -> CassiaObjects.scan(CASSIA, object);
          case "connection" -> List.of(CassiaObjects.connection(CASSIA, object));
          case "notification" -> List.of(CassiaObjects.notification(CASSIA, object));
          case "readResponse" ->
              List.of(CassiaObjects.readReply(CASSIA, "02:00:00:00:20:00", object));
          default -> throw new AssertionError(expect);
        };
    assertThat(events).hasSize(1);
    compare(events.getFirst(), expect);
  }

  private static void cassiaEnvelope(JsonNode vector) throws BridgeFormatException {
    var expect = vector.get("expect");
    var kind = expect.get("kind").asText();
    if (kind.equals("heartbeat")) {
      heartbeat(vector);
      return;
    }
    var lane =
        Map.of(
                "advertisement", "scan",
                "connection", "connection_state",
                "notification", "notification")
            .get(kind);
    var envelope = JSON.createObjectNode();
    envelope.put("id", "35656").put("action", "data." + lane);
    envelope.put("timestamp", 1678698297028L).put("gateway", CASSIA);
    envelope.putArray("data").add(vector.get("json")).add(vector.get("json"));
    var input = new CassiaMqtt().read(message("up/" + CASSIA + "/" + lane, envelope));
    assertThat(input).isInstanceOf(BridgeInput.Events.class);
    var events = ((BridgeInput.Events) input).events();
    assertThat(events).hasSize(2);
    for (var event : events) {
      compare(event, expect);
      assertThat(event.gateway()).isEqualTo(CASSIA);
      assertThat(event.bridgeTime()).hasToString("2023-03-13T09:04:57.028Z");
    }
  }

  private static void heartbeat(JsonNode vector) throws BridgeFormatException {
    var expect = vector.get("expect");
    var input = new CassiaMqtt().read(message(vector.get("topic").asText(), vector.get("json")));
    assertThat(input).isInstanceOf(BridgeInput.Heartbeat.class);
    var reply = ((BridgeInput.Heartbeat) input).reply();
    assertThat(reply.address()).isEqualTo(expect.get("replyTopic").asText());
    var content = read(reply.bytes());
    assertThat(content.get("action").asText()).isEqualTo(expect.get("replyAction").asText());
    assertThat(content.get("id").asText()).isEqualTo(expect.get("replyId").asText());
    assertThat(content.get("gateway").asText()).isEqualTo(expect.get("gateway").asText());
  }

  private static void openMqtt(JsonNode vector) throws BridgeFormatException {
    var expect = vector.get("expect");
    var message = message(vector.get("topic").asText(), vector.get("json"));
    var dialect = new OpenMqtt(OpenMqtt.DEFAULT_BASE);
    if (expect.has("error")) {
      var error = catchThrowableOfType(BridgeFormatException.class, () -> dialect.read(message));
      assertThat(error.fault()).isEqualTo(BridgeFault.valueOf(expect.get("error").asText()));
      return;
    }
    var events = ((BridgeInput.Events) dialect.read(message)).events();
    assertThat(events).hasSize(1);
    compare(events.getFirst(), expect);
    if (expect.has("readings")) {
      assertThat(read(bytes(events.getFirst()))).isEqualTo(vector.get("json"));
    }
  }

  private static void compare(GattEvent event, JsonNode expect) {
    assertThat(event.kind().word()).isEqualTo(expect.get("kind").asText());
    expect
        .properties()
        .forEach(
            field -> {
              var value = field.getValue();
              switch (field.getKey()) {
                case "device" -> assertThat(event.device()).isEqualTo(value.asText());
                case "gateway" -> assertThat(event.gateway()).isEqualTo(value.asText());
                case "addressType" -> assertThat(event.addressType()).isEqualTo(value.asText());
                case "rssi" -> assertThat(event.rssi()).isEqualTo(value.asInt());
                case "name" -> assertThat(event.name()).isEqualTo(value.asText());
                case "handle" -> assertThat(event.handle()).isEqualTo(value.asInt());
                case "characteristic" ->
                    assertThat(event.characteristic()).isEqualTo(value.asText());
                case "ok", "connected" -> assertThat(event.ok()).isEqualTo(value.asBoolean());
                case "isScanResponse" ->
                    assertThat(event.scanResponse()).isEqualTo(value.asBoolean());
                case "valueHex" -> assertThat(hex(event)).isEqualTo(value.asText());
                case "text" ->
                    assertThat(new String(bytes(event), StandardCharsets.UTF_8))
                        .isEqualTo(value.asText());
                case "advDataHex" -> comparePart(event, Part.STRUCTURES, value);
                case "serviceDataHex" -> comparePart(event, Part.SERVICE_DATA, value);
                case "manufacturerDataHex" -> comparePart(event, Part.MANUFACTURER_DATA, value);
                case "kind", "decoded", "readings" -> {
                  // kind is compared above; the others are for a driver
                }
                default -> throw new AssertionError("nothing compares " + field.getKey());
              }
            });
  }

  private static void comparePart(GattEvent event, Part part, JsonNode value) {
    assertThat(event.part()).isEqualTo(part);
    assertThat(hex(event)).isEqualTo(value.asText().toLowerCase(Locale.ROOT));
  }

  private static String hex(GattEvent event) {
    return HexFormat.of().formatHex(bytes(event));
  }

  private static byte[] bytes(GattEvent event) {
    return event.toMessage(false).bytes();
  }

  private static Message message(String topic, JsonNode content) {
    try {
      return new Message(
          topic, null, null, Map.of(), ByteBuffer.wrap(JSON.writeValueAsBytes(content)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode read(byte[] bytes) {
    try {
      return JSON.readTree(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Check {
    void of(JsonNode vector) throws Exception;
  }

  private static Stream<DynamicTest> vectors(String prefix, String butNot, Check check)
      throws IOException {
    try (var in =
        BridgeVectorsTest.class.getResourceAsStream("/vectors/ble/bridge_messages.json")) {
      var tests =
          StreamSupport.stream(JSON.readTree(in).spliterator(), false)
              .filter(vector -> vector.get("name").asText().startsWith(prefix))
              .filter(vector -> !vector.get("name").asText().contains(butNot))
              .map(
                  vector ->
                      DynamicTest.dynamicTest(vector.get("name").asText(), () -> check.of(vector)))
              .toList();
      assertThat(tests).isNotEmpty();
      return tests.stream();
    }
  }
}
