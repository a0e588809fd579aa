package io.medtwin.driver.ivy450c;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.medtwin.driver.ivy450c.AnsarBMessage.Wave;
import io.medtwin.spi.Absent;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Samples;
import io.medtwin.spi.Value;
import io.medtwin.spi.transport.BufferedStreamLink;
import io.medtwin.testkit.RecordingSession;
import io.medtwin.testkit.ScriptedByteWire;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class AnsarBCodecTest {

  private static final Map<String, String> NUMBERS =
      Map.of(
          "/hr_bpm", "heart-rate",
          "/rr_bpm", "resp-rate",
          "/spo2_pct", "spo2",
          "/pulse_rate", "pulse-rate",
          "/t1", "t1",
          "/etco2", "etco2");

  private static final Map<String, String> PRESSURES =
      Map.of(
          "/nibp/sys", "nibp-systolic",
          "/nibp/dia", "nibp-diastolic",
          "/nibp/mean", "nibp-mean",
          "/nibp/pulse", "nibp-pulse-rate",
          "/p1/sys", "p1-systolic",
          "/p1/dia", "p1-diastolic",
          "/p1/mean", "p1-mean");

  @TestFactory
  Stream<DynamicTest> everyVectorIsReadAsItsSourceSays() throws IOException {
    return vectors().map(v -> DynamicTest.dynamicTest(v.get("name").asText(), () -> check(v)));
  }

  private static void check(JsonNode vector) throws InterruptedException {
    var bytes = HexFormat.of().parseHex(vector.get("hex").asText());
    var expect = vector.get("expect");
    var said = play(bytes);

    NUMBERS.forEach((pointer, parameter) -> checkNumber(expect.at(pointer), said, parameter));
    PRESSURES.forEach((pointer, parameter) -> checkNumber(expect.at(pointer), said, parameter));
    if (expect.has("discarded_prefix_bytes")) {
      assertThat(said.discardedBytes()).isEqualTo(expect.get("discarded_prefix_bytes").asInt());
      assertThat(said.readings("heart-rate")).hasSize(expect.get("messages").asInt());
      return;
    }
    assertThat(said.discardedBytes()).isZero();
    var message = AnsarBCodec.decode(ByteBuffer.wrap(bytes)).orElseThrow();
    assertThat(AnsarBCodec.encode(message)).isEqualTo(bytes);
    if (expect.has("text")) {
      assertThat(bytes).hasSize(expect.get("length").asInt());
      checkText(message, expect.get("text"));
      checkWaves(message, said, expect);
    }
    if (expect.has("ecg_alarm")) {
      assertThat(said.lines().getFirst() + said.lines().get(1))
          .contains("START " + expect.get("ecg_alarm").asText());
    }
  }

  private static void checkNumber(JsonNode expected, RecordingSession said, String parameter) {
    if (expected.isMissingNode()) {
      return;
    }
    Value value = said.last(parameter).orElseThrow().value();
    if (expected.isNull()) {
      assertThat(value).as(parameter).isInstanceOf(Absent.class);
    } else {
      assertThat(value).as(parameter).isInstanceOf(Numeric.class);
      assertThat(((Numeric) value).amount())
          .as(parameter)
          .isEqualByComparingTo(expected.decimalValue());
    }
  }

  private static void checkText(AnsarBMessage message, JsonNode text) {
    var lines = new ArrayList<AnsarBLine>();
    for (var entry : text.properties()) {
      var fields = new ArrayList<String>();
      entry.getValue().forEach(field -> fields.add(field.asText()));
      lines.add(new AnsarBLine(entry.getKey(), fields));
    }
    assertThat(message.lines()).containsExactlyElementsOf(lines);
  }

  private static void checkWaves(AnsarBMessage message, RecordingSession said, JsonNode expect) {
    var ecg = ints(message, Wave.ECG);
    assertThat(ecg).hasSize(expect.get("ecg_n").asInt());
    assertThat(Arrays.copyOf(ecg, 10)).isEqualTo(ints(expect.get("ecg_first10_raw")));
    assertThat(Arrays.stream(ecg).min()).hasValue(expect.get("ecg_min_raw").asInt());
    assertThat(Arrays.stream(ecg).max()).hasValue(expect.get("ecg_max_raw").asInt());
    assertThat(ecg[expect.get("ecg_argmax").asInt()]).isEqualTo(expect.get("ecg_max_raw").asInt());
    assertThat(Arrays.copyOf(ints(message, Wave.RESPIRATION), 5))
        .isEqualTo(ints(expect.get("resp_first5_raw")));
    assertThat(Arrays.copyOf(ints(message, Wave.PLETHYSMOGRAM), 5))
        .isEqualTo(ints(expect.get("pleth_first5_raw")));
    assertScaled(said, "ecg", expect.get("ecg_first5_scaled"));
    assertScaled(said, "pleth", expect.get("pleth_first5_scaled"));
    assertScaled(said, "p1-wave", expect.get("p1_first5_mmHg"));
    assertThat(said.last("p2-wave").orElseThrow().value() instanceof Absent)
        .isEqualTo(expect.get("p2_all_fill_fb").asBoolean());
  }

  private static void assertScaled(RecordingSession said, String parameter, JsonNode expected) {
    var samples = (Samples) said.last(parameter).orElseThrow().value();
    for (int i = 0; i < expected.size(); i++) {
      assertThat(samples.raw().get(i) * samples.gain() + samples.offset())
          .as("%s[%s]", parameter, i)
          .isCloseTo(expected.get(i).asDouble(), Assertions.within(1e-9));
    }
  }

  @Test
  void aMessageThatLostBytesOfItsWavesIsNotBelieved() throws IOException {
    var whole = HexFormat.of().parseHex(vectors().findFirst().orElseThrow().get("hex").asText());
    for (int lost = 1; lost <= 40; lost++) {
      var bytes = new byte[whole.length - lost];
      System.arraycopy(whole, 0, bytes, 0, 100);
      System.arraycopy(whole, 100 + lost, bytes, 100, bytes.length - 100);

      assertThat(AnsarBCodec.decode(ByteBuffer.wrap(bytes))).as("%s bytes lost", lost).isEmpty();
    }
  }

  @Test
  void aLineThatMaySpeakOfAPersonGoesNoFurther() throws Exception {
    var whole = vectors().findFirst().orElseThrow().get("hex").asText();
    var message = AnsarBCodec.decode(ByteBuffer.wrap(HexFormat.of().parseHex(whole))).orElseThrow();
    var lines = new ArrayList<>(message.lines());
    lines.add(AnsarBLine.of("NAME", "1", "X"));

    var said = play(AnsarBCodec.encode(new AnsarBMessage(message.waves(), lines)));

    assertThat(said.lines()).noneMatch(line -> line.contains("NAME"));
    assertThat(said.discarded()).containsKey("line that may speak of a person");
  }

  private static RecordingSession play(byte[] bytes) throws InterruptedException {
    var session = new RecordingSession();
    var link = new BufferedStreamLink(ScriptedByteWire.of(bytes, 64), LinkKind.SERIAL, "vector");
    try {
      new Ivy450CDriver().run(link, session);
    } catch (EOFException endOfVector) {
      return session;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("a driver ends with the link");
  }

  private static int[] ints(AnsarBMessage message, Wave wave) {
    var counts = message.counts(wave);
    var ints = new int[counts.remaining()];
    counts.get(ints);
    return ints;
  }

  private static int[] ints(JsonNode array) {
    var ints = new int[array.size()];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = array.get(i).asInt();
    }
    return ints;
  }

  private static Stream<JsonNode> vectors() throws IOException {
    try (var json = AnsarBCodecTest.class.getResourceAsStream("/vectors/ivy450c-ansarb.json")) {
      List<JsonNode> all = new ArrayList<>();
      new ObjectMapper().readTree(json).forEach(all::add);
      assertThat(all).isNotEmpty();
      return all.stream();
    }
  }
}
