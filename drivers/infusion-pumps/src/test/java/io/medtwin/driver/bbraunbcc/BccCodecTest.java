package io.medtwin.driver.bbraunbcc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class BccCodecTest {

  @TestFactory
  Stream<DynamicTest> everyVectorDecodesAsItsSourceSaysAndEncodesBack() throws IOException {
    return vectors().map(v -> DynamicTest.dynamicTest(v.get("name").asText(), () -> check(v)));
  }

  private static void check(JsonNode vector) {
    var expect = vector.get("expect");
    var wire = HexFormat.of().parseHex(vector.get("hex").asText());
    if (!expect.get("checksum_ok").asBoolean()) {
      assertThat(decode(wire)).isEqualTo(new Decoded.Rejected(BccCodec.CHECKSUM));
      return;
    }
    var accepted = accepted(wire);
    var frame = accepted.frame();
    var stuffing = accepted.stuffing() == null ? Stuffing.OFF : accepted.stuffing();
    assertThat(BccCodec.encode(frame, stuffing)).isEqualTo(wire);
    var plain = BccCodec.encode(frame, Stuffing.OFF);
    if (expect.has("unstuffed_hex")) {
      assertThat(stuffing).isEqualTo(Stuffing.ON);
      assertThat(HexFormat.of().formatHex(plain)).isEqualTo(expect.get("unstuffed_hex").asText());
    }
    checkHeader(expect, frame, wire, plain);
    checkContent(expect, frame);
  }

  private static void checkHeader(JsonNode expect, BccFrame frame, byte[] wire, byte[] plain) {
    if (expect.has("length")) {
      assertThat(plain).hasSize(expect.get("length").asInt());
      assertThat(new String(plain, plain.length - 6, 5, StandardCharsets.US_ASCII))
          .isEqualTo("%05d".formatted(expect.get("checksum").asInt()));
      assertThat(frame.bed()).isEqualTo(expect.get("bed_id").asText());
      assertThat(frame.last()).isEqualTo(expect.get("terminator").asText().equals("ETX"));
    }
    if (expect.has("wire_bytes")) {
      assertThat(wire).hasSize(expect.get("wire_bytes").asInt());
      assertThat(plain).hasSize(expect.get("length_field").asInt());
    }
  }

  private static void checkContent(JsonNode expect, BccFrame frame) {
    if (expect.has("request")) {
      assertThat(frame.information()).isEqualTo(expect.get("request").asText());
    }
    if (expect.has("version")) {
      assertThat(frame.version()).contains(expect.get("version").get("value").asText());
    }
    if (expect.has("error")) {
      assertThat(frame.systemError()).contains(expect.get("error").asInt());
    }
    if (expect.has("quadruples")) {
      var told = new ArrayList<Quadruple>();
      expect
          .get("quadruples")
          .forEach(
              q ->
                  told.add(
                      new Quadruple(
                          q.get("time").asLong(),
                          q.get("address").asText(),
                          q.get("param").asText(),
                          q.get("value").asText())));
      assertThat(frame.quadruples()).isEqualTo(told);
    }
    if (expect.has("count")) {
      assertThat(frame.quadruples())
          .hasSize(expect.get("count").asInt())
          .allMatch(q -> q.time() == expect.get("time").asLong())
          .allSatisfy(
              q ->
                  assertThat(q.value())
                      .as(q.parameter())
                      .isEqualTo(
                          expect
                              .at("/params_by_address/" + q.address() + "/" + q.parameter())
                              .asText()));
    }
  }

  @Property(seed = "20261126")
  void aBlockComesBackAsItWasHoweverItIsStuffed(
      @ForAll @Chars({'D', 'E', 'X', 'd', 'e', 'x', ' ', '\ue021'}) @StringLength(max = 40)
          String value,
      @ForAll @IntRange(max = 100_000) int time,
      @ForAll boolean last,
      @ForAll Stuffing stuffing) {
    var frame = BccFrame.of("Bed7", List.of(new Quadruple(time, "5013O", "INSOL", value)), last);

    var accepted = accepted(BccCodec.encode(frame, stuffing));

    assertThat(accepted.frame()).isEqualTo(frame);
    assertThat(accepted.stuffing()).as("Bed7 has letters to stuff").isEqualTo(stuffing);
  }

  @Property(seed = "20261126")
  void whatCannotHaveBeenStuffedIsNotUnstuffed(
      @ForAll @Chars({'D', 'E', 'X', 'd', 'e', 'x', 'a'}) @StringLength(max = 12) String text) {
    var wire = text.getBytes(StandardCharsets.US_ASCII);

    var frame = Stuffing.ON.undo(wire);

    if (frame != null) {
      assertThat(Stuffing.ON.apply(frame)).isEqualTo(wire);
    }
  }

  @Test
  void aFrameWithoutTheLettersFitsBothWays() {
    var wire = BccCodec.encode(new BccFrame("1", "206,50100,GNACK,0", true), Stuffing.ON);

    assertThat(accepted(wire).stuffing()).isNull();
  }

  @Test
  void aLengthThatIsNotTheFramesIsRejected() {
    var wire = BccCodec.encode(new BccFrame("1", "206,50100,GNACK,0", true), Stuffing.OFF);
    wire[5]++;

    assertThat(decode(wire)).isEqualTo(new Decoded.Rejected(BccCodec.LENGTH));
  }

  @Test
  void aFrameOfMoreThan64KibCannotBeMade() {
    var frame = new BccFrame("1", "x".repeat(BccCodec.MAX_FRAME_BYTES), true);

    assertThatThrownBy(() -> BccCodec.encode(frame, Stuffing.OFF))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPieceThatIsNoQuadrupleCostsOnlyItself() {
    var frame = new BccFrame("1", "7,50111,INRT,1.0\u001ex,50111,INRT,2\u001e7,50199,INRT,3", true);

    assertThat(frame.quadruples()).containsExactly(new Quadruple(7, "50111", "INRT", "1.0"));
    assertThat(frame.unreadable(frame.quadruples())).isEqualTo(28);
  }

  @Test
  void everythingTheDriverCanAskChangesNothing() {
    assertThat(
            Stream.of(
                BccRequest.ALIVE, BccRequest.VERSION, BccRequest.MEMORY, BccRequest.slot("2B")))
        .extracting(BccRequest::toString)
        .containsExactly("ADMIN:ALIVE", "ADMIN:VERSION", "MEM:GET", "MEM:GETSLOT#2B");
    assertThatThrownBy(() -> BccRequest.slot("1P")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aUnitThatIsNotKnownStaysVisible() {
    assertThat(UnitCode.ucum("22")).isEqualTo("kg");
    assertThat(UnitCode.ucum("32")).isEqualTo("ug/mL");
    assertThat(UnitCode.ucum("43")).isEqualTo("[iU]/kg");
    assertThat(UnitCode.ucum("50")).isEqualTo("ug/min");
    assertThat(UnitCode.ucum("64")).isEqualTo("[iU]/d");
    assertThat(UnitCode.ucum("66")).isEqualTo("ng/kg/h");
    assertThat(UnitCode.ucum("67")).isEqualTo("unit 67");
    assertThat(UnitCode.ucum("21")).isEqualTo("unit 21");
    assertThat(UnitCode.ucum("_NV")).isEqualTo("unit unknown");
  }

  private static Decoded decode(byte[] wire) {
    return BccCodec.decode(ByteBuffer.wrap(wire));
  }

  private static Decoded.Accepted accepted(byte[] wire) {
    return (Decoded.Accepted) decode(wire);
  }

  private static Stream<JsonNode> vectors() throws IOException {
    try (var json = BccCodecTest.class.getResourceAsStream("/vectors/bbraun-bcc.json")) {
      var all = new ArrayList<JsonNode>();
      new ObjectMapper().readTree(json).forEach(all::add);
      assertThat(all).isNotEmpty();
      return all.stream();
    }
  }
}
