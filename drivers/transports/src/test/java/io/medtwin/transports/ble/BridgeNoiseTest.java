package io.medtwin.transports.ble;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.medtwin.spi.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a broker carries, a dialect reads it or says that it cannot. */
class BridgeNoiseTest {

  private static final int MUTATIONS_OF_EACH = 500;
  private static final String MARKS = "{}[]\",:0";

  @Test
  void anyMutationOfAMessageIsReadOrRefused() throws Exception {
    var random = new Random(20);
    int read = 0;
    int refused = 0;
    for (var original : originals()) {
      for (int i = 0; i < MUTATIONS_OF_EACH; i++) {
        var message =
            new Message(
                original.address(),
                null,
                null,
                Map.of(),
                ByteBuffer.wrap(mutated(original.bytes(), random)));
        for (var dialect : List.of(new CassiaMqtt(), new OpenMqtt("home"))) {
          try {
            dialect.read(message);
            read++;
          } catch (BridgeFormatException e) {
            assertThat(e.fault()).isIn(BridgeFault.MALFORMED, BridgeFault.INVALID_DEVICE_ID);
            refused++;
          }
        }
      }
    }
    assertThat(read).isPositive();
    assertThat(refused).isPositive();
  }

  private static byte[] mutated(byte[] original, Random random) {
    byte[] bytes = original.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(3)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] = (byte) MARKS.charAt(random.nextInt(MARKS.length()));
        default -> bytes[at] = bytes[random.nextInt(bytes.length)];
      }
    }
    return bytes;
  }

  private static List<Message> originals() throws IOException {
    var all = new ArrayList<Message>();
    try (var in = BridgeNoiseTest.class.getResourceAsStream("/vectors/ble/bridge_messages.json")) {
      for (JsonNode vector : new ObjectMapper().readTree(in)) {
        var topic = vector.get("topic").asText();
        var json = vector.get("json").toString();
        all.add(
            topic.startsWith("SSE") || topic.startsWith("HTTP")
                ? text("up/CC:1B:E0:E2:8F:2C/scan", envelope(json))
                : text(topic, json));
      }
    }
    return all;
  }

  private static String envelope(String json) {
    var action =
        json.contains("bdaddrs")
            ? "scan"
            : json.contains("State") ? "connection_state" : "notification";
    return "{\"id\":\"1\",\"action\":\"data." + action + "\",\"data\":[" + json + "]}";
  }

  private static Message text(String topic, String json) {
    return new Message(
        topic, null, null, Map.of(), ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
  }
}
