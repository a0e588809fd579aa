package io.medtwin.driver.alarisasena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class AsenaCodecTest {

  @TestFactory
  Stream<DynamicTest> everyVectorDecodesAsItsSourceSaysAndEncodesBack() throws IOException {
    return vectors().map(v -> DynamicTest.dynamicTest(v.get("name").asText(), () -> check(v)));
  }

  private static void check(JsonNode vector) {
    var bytes = HexFormat.of().parseHex(vector.get("hex").asText());
    var expect = vector.get("expect");
    if (!vector.has("direction")) {
      assertThat("%04X".formatted(AsenaCodec.crc16(ByteBuffer.wrap(bytes))))
          .isEqualTo(expect.get("crc").asText());
      return;
    }
    var decoded = AsenaCodec.decode(ByteBuffer.wrap(bytes));
    if (!expect.get("crc_ok").asBoolean()) {
      assertThat(decoded).isEqualTo(new Decoded.Rejected(AsenaCodec.CHECKSUM));
      return;
    }
    var fields = new ArrayList<String>();
    expect.get("fields").forEach(field -> fields.add(field.asText()));
    assertThat(decoded).isEqualTo(new AsenaFrame(fields));
    assertThat(AsenaCodec.encode(new AsenaFrame(fields))).isEqualTo(bytes);
    if (expect.has("log_id")) {
      checkStatus(new AsenaFrame(fields), expect);
    }
  }

  private static void checkStatus(AsenaFrame frame, JsonNode expect) {
    var status = InfusionStatus.parse(frame).orElseThrow();
    assertThat(status.serial()).isEqualTo(expect.get("serial").asText());
    assertThat(status.alarm())
        .isEqualTo(expect.get("alarm").isNull() ? null : expect.get("alarm").asText());
    assertThat(status.rate()).isEqualByComparingTo(expect.get("rate").decimalValue());
    assertThat(status.volumeInfused())
        .isEqualByComparingTo(expect.get("volume_infused").decimalValue());
    assertThat(status.pressure()).isEqualByComparingTo(expect.get("pressure").decimalValue());
    assertThat(status.logNumber()).isEqualTo(expect.get("log_id").asLong());
    assertThat(status.toFrame()).isEqualTo(frame);
    assertThat(status.toFrame().field(11)).isEqualTo(expect.get("time_remaining").asText());
  }

  @Property(seed = "20261124")
  void aStatusOfAnyNumbersComesBackAsItWas(
      @ForAll @BigRange(min = "0", max = "1200") @Scale(2) BigDecimal rate,
      @ForAll @IntRange(max = 359_999) int secondsRemaining,
      @ForAll @LongRange(max = 999_999_999) long logNumber,
      @ForAll @AlphaChars @StringLength(min = 1, max = 20) String drug) {
    var status =
        new InfusionStatus(
            "8002-51740",
            null,
            "SET",
            rate,
            "ml/h",
            drug,
            null,
            "ml",
            BigDecimal.TEN,
            "mmHg",
            new TimeRemaining.Exactly(Duration.ofSeconds(secondsRemaining)),
            "EVENT",
            logNumber);

    var decoded = AsenaCodec.decode(ByteBuffer.wrap(AsenaCodec.encode(status.toFrame())));

    assertThat(decoded)
        .isInstanceOfSatisfying(
            AsenaFrame.class, frame -> assertThat(InfusionStatus.parse(frame)).contains(status));
  }

  @Test
  void theChecksumIsTheOneWithTheKnownCheckValue() {
    var digits = ByteBuffer.wrap("123456789".getBytes(StandardCharsets.US_ASCII));

    assertThat(AsenaCodec.crc16(digits)).isEqualTo(0x29B1);
  }

  @Test
  void anAbortedAnswerIsRejectedAsAborted() {
    var aborted = ByteBuffer.wrap("!INF^8002\u001b|4961\r".getBytes(StandardCharsets.US_ASCII));

    assertThat(AsenaCodec.decode(aborted)).isEqualTo(new Decoded.Rejected(AsenaCodec.ABORTED));
  }

  @Test
  void everythingTheDriverCanAskIsAQuestionWithoutArguments() {
    for (var poll : AsenaPoll.values()) {
      assertThat(poll.frame().fields()).containsExactly(poll.name());
    }
    assertThat(Stream.of(AsenaPoll.values()).map(Enum::name))
        .doesNotContain("INF_START", "INF_STOP", "INF_BOLUS", "INF_VI_CLEAR", "REMOTE_CTRL");
  }

  @Test
  void aFieldThatWouldBreakTheFrameCannotBeBuilt() {
    for (var bad : List.of("a^b", "a|b", "a!b", "a\rb", "\u00e9")) {
      assertThatThrownBy(() -> AsenaFrame.of("ALARM", bad))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aStatusWithAFieldThatIsNoNumberIsNoStatus() {
    var good =
        AsenaFrame.of(
            "INF", "1-2", "-", "SET", "3.5", "ml/h", "", "0", "ml", "20", "mmHg", "24+", "EVENT",
            "7");
    assertThat(InfusionStatus.parse(good)).isPresent();
    for (int index : List.of(4, 7, 9, 11, 13)) {
      var fields = new ArrayList<>(good.fields());
      fields.set(index, "1e5");
      assertThat(InfusionStatus.parse(new AsenaFrame(fields))).as("field %s", index).isEmpty();
    }
  }

  private static Stream<JsonNode> vectors() throws IOException {
    try (var json = AsenaCodecTest.class.getResourceAsStream("/vectors/alaris-asena.json")) {
      var all = new ArrayList<JsonNode>();
      new ObjectMapper().readTree(json).forEach(all::add);
      assertThat(all).isNotEmpty();
      return all.stream();
    }
  }
}
