package io.medtwin.driver.noninoem3;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.medtwin.driver.noninoem3.Format8Record.State;
import io.medtwin.driver.noninoem3.NoninOem3Codec.PlethFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class NoninOem3CodecTest {

  @TestFactory
  Stream<DynamicTest> everyVectorDecodesAsItsSourceSaysAndEncodesBack() throws IOException {
    return vectors().map(v -> DynamicTest.dynamicTest(v.get("name").asText(), () -> check(v)));
  }

  private static void check(JsonNode vector) {
    var bytes = HexFormat.of().parseHex(vector.get("hex").asText());
    var expect = vector.get("expect");
    if (!expect.has("format")) {
      checkFrames(bytes, expect);
    } else if (expect.get("format").asInt() == 8) {
      checkRecord(bytes, expect);
    } else {
      checkPacket(bytes, expect);
    }
  }

  private static void checkPacket(byte[] bytes, JsonNode expect) {
    var format = expect.get("format").asInt() == 2 ? PlethFormat.FORMAT_2 : PlethFormat.FORMAT_7;
    var frames =
        IntStream.range(0, NoninPacket.FRAMES)
            .mapToObj(i -> ByteBuffer.wrap(bytes).position(i * NoninOem3Codec.FRAME_BYTES))
            .map(five -> NoninOem3Codec.decodeFrame(format, five).orElseThrow())
            .toList();
    var packet = new NoninPacket(frames);
    var averages = packet.averages();

    assertThat(packet.pleth()).isEqualTo(ints(expect.get("pleth")));
    assertThat(averages.pulseRate()).isEqualTo(expect.get("hr").asInt());
    assertThat(averages.spo2()).isEqualTo(expect.get("spo2").asInt());
    assertThat(averages.firmware()).isEqualTo(expect.get("rev").asInt());
    if (expect.has("e_hr_d")) {
      assertThat(averages.spo2Display()).isEqualTo(expect.get("spo2_d").asInt());
      assertThat(averages.spo2Fast()).isEqualTo(expect.get("spo2_fast").asInt());
      assertThat(averages.spo2BeatToBeat()).isEqualTo(expect.get("spo2_b_b").asInt());
      assertThat(averages.pulseRate8()).isEqualTo(expect.get("e_hr").asInt());
      assertThat(averages.spo2Of8()).isEqualTo(expect.get("e_spo2").asInt());
      assertThat(averages.spo2Of8Display()).isEqualTo(expect.get("e_spo2_d").asInt());
      assertThat(averages.pulseRateDisplay()).isEqualTo(expect.get("hr_d").asInt());
      assertThat(averages.pulseRate8Display()).isEqualTo(expect.get("e_hr_d").asInt());
    }
    var status = frames.stream().mapToInt(PlethFrame::status).toArray();
    if (expect.has("status")) {
      assertThat(status).isEqualTo(ints(expect.get("status")));
    }
    if (expect.has("green_perfusion_frames")) {
      var green =
          IntStream.range(0, frames.size())
              .filter(i -> frames.get(i).has(PlethFrame.GREEN_PERFUSION))
              .toArray();
      assertThat(green).isEqualTo(ints(expect.get("green_perfusion_frames")));
    }
    assertThat(NoninOem3Codec.encodePacket(format, packet)).isEqualTo(bytes);
    assertThat(NoninPacket.of(averages, packet.pleth(), status)).isEqualTo(packet);
  }

  private static void checkFrames(byte[] bytes, JsonNode expect) {
    int discarded = 0;
    var frame = NoninOem3Codec.decodeFrame(PlethFormat.FORMAT_2, ByteBuffer.wrap(bytes));
    while (frame.isEmpty() && discarded + NoninOem3Codec.FRAME_BYTES < bytes.length) {
      discarded++;
      frame =
          NoninOem3Codec.decodeFrame(
              PlethFormat.FORMAT_2, ByteBuffer.wrap(bytes).position(discarded));
    }
    boolean valid = expect.has("pleth");
    assertThat(frame.isPresent()).isEqualTo(valid);
    if (valid) {
      assertThat(frame.orElseThrow().pleth()).isEqualTo(expect.get("pleth").asInt());
      assertThat(frame.orElseThrow().has(PlethFrame.SYNC)).isTrue();
      assertThat(discarded).isEqualTo(expect.path("discarded_prefix_bytes").asInt(0));
    }
  }

  private static void checkRecord(byte[] bytes, JsonNode expect) {
    var record = NoninOem3Codec.decodeFormat8(ByteBuffer.wrap(bytes)).orElseThrow();
    assertThat(record.pulseRate()).isEqualTo(intOrNull(expect.get("hr")));
    assertThat(record.spo2()).isEqualTo(intOrNull(expect.get("spo2")));
    assertThat(record.states().contains(State.SENSOR_DISCONNECTED))
        .isEqualTo(expect.path("sensor_disconnected").asBoolean());
    assertThat(record.states().contains(State.SENSOR_FAULT))
        .isEqualTo(expect.path("sensor_fault").asBoolean());
    assertThat(NoninOem3Codec.encodeFormat8(record)).isEqualTo(bytes);
  }

  @Property(seed = "20261124")
  void aPacketOfAnyNumbersComesBackAsItWas(
      @ForAll @IntRange(max = 510) int pulseRate,
      @ForAll @IntRange(max = 126) int spo2,
      @ForAll @IntRange(max = 255) int firmware,
      @ForAll @IntRange(max = 0x3FFF) int timer,
      @ForAll boolean smartPoint,
      @ForAll boolean batteryLow,
      @ForAll @Size(25) List<@IntRange(max = 255) Integer> pleth) {
    var averages = Averages.steady(pulseRate, spo2, firmware, timer, smartPoint, batteryLow);
    var samples = pleth.stream().mapToInt(Integer::intValue).toArray();
    var packet = NoninPacket.of(averages, samples, new int[NoninPacket.FRAMES]);

    for (var format : PlethFormat.values()) {
      var bytes = NoninOem3Codec.encodePacket(format, packet);
      var frames =
          IntStream.range(0, NoninPacket.FRAMES)
              .mapToObj(i -> ByteBuffer.wrap(bytes).position(i * NoninOem3Codec.FRAME_BYTES))
              .map(five -> NoninOem3Codec.decodeFrame(format, five).orElseThrow())
              .toList();
      assertThat(new NoninPacket(frames).averages()).isEqualTo(averages);
      assertThat(new NoninPacket(frames).pleth()).isEqualTo(samples);
    }
  }

  @Property(seed = "20261124")
  void aRecordOfAnyStatesComesBackAsItWas(
      @ForAll @IntRange(max = 510) int pulseRate, @ForAll Set<State> states) {
    var record = new Format8Record(pulseRate, null, states);

    assertThat(NoninOem3Codec.decodeFormat8(ByteBuffer.wrap(NoninOem3Codec.encodeFormat8(record))))
        .contains(record);
  }

  @Test
  void aPulseRateAbove127UsesSevenBitsOfEachByte() {
    var averages = Averages.steady(200, 97, 1, 0, false, false);

    assertThat(Arrays.copyOf(averages.toTable(), 2)).containsExactly(1, 72);
    assertThat(Averages.of(averages.toTable()).pulseRate()).isEqualTo(200);
  }

  @Test
  void framesLostTogetherWithTheNextSyncAreNotMistakenForAPacket() {
    var packet =
        NoninPacket.of(Averages.steady(72, 97, 48, 0, false, false), new int[25], new int[25]);
    var assembly = new PacketAssembly();
    var sent = new ArrayList<>(packet.frames());
    sent.remove(2);
    sent.addAll(packet.frames().subList(1, 25));
    for (var frame : sent) {
      var added = assembly.with(frame);
      assertThat(added.packet()).isNull();
      assembly = added.next();
    }
  }

  @Test
  void everyStateHasItsOwnBit() {
    assertThat(EnumSet.allOf(State.class))
        .extracting(state -> state.index() << 8 | state.bit())
        .doesNotHaveDuplicates();
  }

  private static int[] ints(JsonNode array) {
    return IntStream.range(0, array.size()).map(i -> array.get(i).asInt()).toArray();
  }

  private static @Nullable Integer intOrNull(JsonNode node) {
    return node.isNull() ? null : node.asInt();
  }

  private static Stream<JsonNode> vectors() throws IOException {
    try (var json = NoninOem3CodecTest.class.getResourceAsStream("/vectors/nonin-oem3.json")) {
      var all = new ArrayList<JsonNode>();
      new ObjectMapper().readTree(json).forEach(all::add);
      assertThat(all).isNotEmpty();
      return all.stream();
    }
  }
}
