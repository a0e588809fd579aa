package io.medtwin.transports.coap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.californium.core.coap.BlockOption;
import org.eclipse.californium.core.coap.CoAP.Type;
import org.eclipse.californium.core.coap.CoAPMessageFormatException;
import org.eclipse.californium.core.coap.LinkFormat;
import org.eclipse.californium.core.coap.Message;
import org.eclipse.californium.core.coap.Option;
import org.eclipse.californium.core.network.serialization.UdpDataParser;
import org.eclipse.californium.core.observe.NotificationOrder;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The library reads what the RFCs say. */
class CoapVectorsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TestFactory
  Stream<DynamicTest> messagesAreReadAsTheRfcsSay() throws IOException {
    return vectors("messages", CoapVectorsTest::message);
  }

  @TestFactory
  Stream<DynamicTest> blockOptionsAreReadAsTheRfcSays() throws IOException {
    return vectors(
        "block_option",
        vector -> {
          var expect = vector.get("expect");
          var block = new BlockOption(HexFormat.of().parseHex(vector.get("hex").asText()));
          assertThat(block.getNum()).isEqualTo(expect.get("num").asInt());
          assertThat(block.isM()).isEqualTo(expect.get("more").asBoolean());
          assertThat(block.getSzx()).isEqualTo(expect.get("szx").asInt());
          assertThat(block.getSize()).isEqualTo(expect.get("size").asInt());
          assertThat(HexFormat.of().formatHex(block.getValue()))
              .isEqualTo(vector.get("hex").asText());
        });
  }

  @TestFactory
  Stream<DynamicTest> notificationsAreOrderedAsTheRfcSays() throws IOException {
    return vectors(
        "observe_order",
        vector -> {
          var json = vector.get("json");
          long later = TimeUnit.SECONDS.toNanos(json.get("secondsSinceLast").asLong());
          assertThat(
                  NotificationOrder.isNew(
                      0, json.get("last").asInt(), later, json.get("incoming").asInt()))
              .isEqualTo(vector.get("expect").get("newer").asBoolean());
        });
  }

  @TestFactory
  Stream<DynamicTest> linksAreReadAsTheRfcSays() throws IOException {
    return vectors(
        "link_format",
        vector -> {
          var links = LinkFormat.parse(vector.get("text").asText());
          var expected = vector.get("expect").get("links");
          assertThat(links).hasSize(expected.size());
          for (var link : expected) {
            var found =
                links.stream()
                    .filter(candidate -> candidate.getURI().equals(link.get("target").asText()))
                    .findFirst()
                    .orElseThrow();
            assertThat(found.getAttributes().getAttributeKeySet())
                .hasSize(link.get("attributes").size());
            link.get("attributes")
                .properties()
                .forEach(
                    attribute ->
                        assertThat(
                                String.join(
                                    " ",
                                    found.getAttributes().getAttributeValues(attribute.getKey())))
                            .isEqualTo(
                                attribute.getValue().isBoolean()
                                    ? ""
                                    : attribute.getValue().asText()));
          }
        });
  }

  private static void message(JsonNode vector) {
    byte[] bytes = HexFormat.of().parseHex(vector.get("hex").asText());
    var expect = vector.get("expect");
    if (expect.has("error")) {
      assertThatThrownBy(() -> new UdpDataParser().parseMessage(bytes))
          .isInstanceOf(CoAPMessageFormatException.class);
      return;
    }
    var message = new UdpDataParser().parseMessage(bytes);
    assertThat(message.getType()).isEqualTo(Type.valueOf(expect.get("type").asText()));
    assertThat((message.getRawCode() >> 5) + "." + twoDigits(message.getRawCode() & 0x1F))
        .isEqualTo(expect.get("code").asText());
    assertThat(message.getMID()).isEqualTo(expect.get("messageId").asInt());
    assertThat(
            HexFormat.of()
                .formatHex(
                    message.getToken() == null ? new byte[0] : message.getToken().getBytes()))
        .isEqualTo(expect.get("token").asText());
    assertThat(options(message)).isEqualTo(expect.get("options"));
    byte[] payload = Objects.requireNonNullElse(message.getPayload(), new byte[0]);
    assertThat(HexFormat.of().formatHex(payload)).isEqualTo(expect.path("payloadHex").asText());
  }

  private static JsonNode options(Message message) {
    var all = JSON.createArrayNode();
    for (Option option : message.getOptions().asSortedList()) {
      var one = all.addArray();
      var definition = option.getDefinition();
      one.add(definition.getName());
      switch (definition.getName()) {
        case "Block1", "Block2" -> {
          var block = new BlockOption(option.getValue());
          one.addObject()
              .put("num", block.getNum())
              .put("more", block.isM())
              .put("size", block.getSize());
        }
        case "Uri-Path" -> one.add(option.getStringValue());
        default -> one.add(option.getIntegerValue());
      }
    }
    return all;
  }

  private static String twoDigits(int detail) {
    return detail < 10 ? "0" + detail : Integer.toString(detail);
  }

  private interface Check {
    void of(JsonNode vector) throws Exception;
  }

  private static Stream<DynamicTest> vectors(String file, Check check) throws IOException {
    try (var in = CoapVectorsTest.class.getResourceAsStream("/vectors/coap/" + file + ".json")) {
      var all = JSON.readTree(in);
      List<DynamicTest> tests = new ArrayList<>();
      StreamSupport.stream(all.spliterator(), false)
          .forEach(
              vector ->
                  tests.add(
                      DynamicTest.dynamicTest(
                          vector.get("name").asText(), () -> check.of(vector))));
      assertThat(tests).isNotEmpty();
      return tests.stream();
    }
  }
}
