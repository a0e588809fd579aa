package io.medtwin.driver.philipsintellivue.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recorded message says what its vector says, and comes back byte for byte. */
class IntellivueVectorsTest {

  private static final HexFormat HEX = HexFormat.of();

  /** Vectors that are no single message. */
  private static final List<String> OTHERS = List.of("float_examples");

  /** They list a naming context without an object in it, which is not kept. */
  private static final List<String> WITH_EMPTY_CONTEXT =
      List.of("wave_metadata_ecg", "wave_ecg_three_leads_with_metadata_lead_I");

  @ParameterizedTest
  @MethodSource("messages")
  void aMessageSaysWhatItsVectorSays(JsonNode vector) {
    var pdu = decode(vector);
    var expect = vector.get("expect");

    switch (pdu) {
      case Pdu.AssociationRequest(var user) -> checkUser(user, expect);
      case Pdu.AssociationAccept(var user) -> checkUser(user, expect);
      case Pdu.ReleaseRequest() -> assertThat(expect.get("session_pdu").asText()).isEqualTo("09");
      case Pdu.ReleaseResponse() -> assertThat(expect.get("session_pdu").asText()).isEqualTo("0a");
      case Pdu.Beacon beacon -> checkBeacon(beacon, expect);
      case Pdu.Event event -> checkCreate(event, expect);
      case Pdu.EventResult result -> {
        assertThat(result.invokeId()).isEqualTo(expect.get("invoke_id").asInt());
        assertThat(result.type()).isEqualTo(Pdu.MDS_CREATE);
      }
      case Pdu.PollRequest request -> checkRequest(request, expect);
      case Pdu.PollResult result -> checkResult(result, expect);
      case Pdu.GetRequest request -> {
        assertThat(request.invokeId()).isEqualTo(expect.get("invoke_id").asInt());
        assertThat(request.ids()).containsExactly(AttributeId.WAVE_PRIORITY);
      }
      case Pdu.GetResult result ->
          checkWaves(result.attributes().find(AttributeId.WAVE_PRIORITY).orElseThrow(), expect);
      case Pdu.SetRequest request -> checkWaves(request.attribute().value(), expect);
      case Pdu.AssociationRefuse _, Pdu.Abort _, Pdu.SetResult _, Pdu.Failure _, Pdu.Other _ ->
          throw new AssertionError(vector.get("name") + " is understood, got " + pdu);
    }
  }

  @ParameterizedTest
  @MethodSource("messages")
  void aMessageComesBackByteForByte(JsonNode vector) {
    var encoded = PduCodec.encode(decode(vector));

    assertThat(PduCodec.decode(ByteBuffer.wrap(encoded))).contains(decode(vector));
    if (!WITH_EMPTY_CONTEXT.contains(name(vector))) {
      assertThat(HEX.formatHex(encoded)).isEqualTo(HEX.formatHex(payload(vector)));
    }
  }

  @ParameterizedTest
  @MethodSource("messages")
  void theLengthOfAMessageIsToldByItsBeginning(JsonNode vector) {
    var bytes = payload(vector);
    var head = ByteBuffer.wrap(bytes);
    int needed = -PduCodec.length(head.slice(0, 1));

    assertThat(needed).isBetween(2, 8);
    int length = PduCodec.length(head.slice(0, needed));
    assertThat(length).isIn(bytes.length, -4);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void aMessageThatLacksAByteIsNone(JsonNode vector) {
    var bytes = payload(vector);
    for (int kept = 1; kept < bytes.length; kept++) {
      assertThat(PduCodec.decode(ByteBuffer.wrap(bytes, 0, kept))).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("frames")
  void aSerialFrameCarriesItsPayload(JsonNode vector) {
    var frame = HEX.parseHex(vector.get("hex").asText());
    var payload = HEX.parseHex(vector.get("expect").get("payload_hex").asText());
    int fcs = HexFormat.fromHexDigits(vector.get("expect").get("fcs").asText());

    assertThat(SerialFrame.decode(ByteBuffer.wrap(frame))).contains(ByteBuffer.wrap(payload));
    assertThat(SerialFrame.encode(payload)).isEqualTo(frame);
    assertThat(frame[frame.length - 3]).isEqualTo((byte) fcs);
  }

  @Test
  void floatsAreTheNumbersThatOthersReadToo() {
    var vector = vectors().filter(v -> name(v).equals("float_examples")).findFirst().orElseThrow();
    var bytes = ByteBuffer.wrap(HEX.parseHex(vector.get("hex").asText()));
    for (var expected : vector.get("expect").get("floats")) {
      var value = new Float32(bytes.getInt());
      if (expected.isNull()) {
        assertThat(value.kind()).isEqualTo(Float32.Kind.NOT_A_NUMBER);
      } else {
        assertThat(value.number().orElseThrow()).isEqualByComparingTo(expected.decimalValue());
        assertThat(Float32.of(value.number().orElseThrow()).number()).isEqualTo(value.number());
      }
    }
    assertThat(bytes.hasRemaining()).isFalse();
  }

  private static void checkUser(UserInformation user, JsonNode expect) {
    var profile = expect.get("poll_profile");
    assertThat(hex8(user.systemType())).isEqualTo(expect.get("system_type").asText());
    assertThat(hex8(user.startMode())).isEqualTo(expect.get("startup_mode").asText());
    assertThat(user.minPollPeriodTicks()).isEqualTo(profile.get("min_poll_period").asLong());
    assertThat(user.maxReceiveBytes()).isEqualTo(profile.get("max_mtu_rx").asLong());
    assertThat(user.maxSendBytes()).isEqualTo(profile.get("max_mtu_tx").asLong());
    assertThat(hex8(user.bandwidth())).isEqualTo(profile.get("max_bw_tx").asText());
    assertThat(hex8(user.options())).isEqualTo(profile.get("options").asText());
    assertThat(hex8(user.extendedOptions()) + "00000000")
        .isEqualTo(profile.get("ext").get("f001").asText());
  }

  private static void checkBeacon(Pdu.Beacon beacon, JsonNode expect) {
    assertThat(beacon.ticks()).isEqualTo(expect.get("event_time").asLong());
    assertThat(ids(beacon.attributes())).isEqualTo(texts(expect.get("attr_ids")));
    var facts = SystemFacts.of(beacon.attributes());
    assertThat(facts.manufacturer()).isEqualTo(expect.get("manufacturer").asText());
    assertThat(facts.model()).isEqualTo(expect.get("model").asText());
    assertThat(ProductionSpec.find(facts.production(), ProductionSpec.SERIAL)).isPresent();
    var place = ConnectIndication.of(beacon).orElseThrow();
    assertThat(place.mac())
        .isEqualTo(expect.get("mac").asText().replace(":", "").toUpperCase(Locale.ROOT));
    assertThat(place.address()).isEqualTo(expect.get("ip").asText());
    assertThat(place.mask()).isEqualTo(expect.get("mask").asText());
    assertThat(place.dataExportPort()).hasValue(24_105);
    for (int i = 0; i < place.services().size(); i++) {
      var service = expect.get("protocols").get(i);
      assertThat(place.services().get(i))
          .isEqualTo(
              new ConnectIndication.Service(
                  service.get("app").asInt(),
                  service.get("transport").asInt(),
                  service.get("port").asInt(),
                  service.get("options").asInt()));
    }
    assertThat(place.services()).hasSize(expect.get("protocols").size());
  }

  private static void checkCreate(Pdu.Event event, JsonNode expect) {
    assertThat(event.invokeId()).isEqualTo(expect.get("invoke").asInt());
    assertThat(event.confirmed()).isTrue();
    assertThat(event.ticks()).isEqualTo(expect.get("event_time").asLong());
    assertThat(event.type()).isEqualTo(Pdu.MDS_CREATE);
    var facts = SystemFacts.of(event).orElseThrow();
    assertThat(facts.manufacturer()).isEqualTo(expect.get("manufacturer").asText());
    assertThat(facts.model()).isEqualTo(expect.get("model").asText());
    assertThat(facts.mac()).isEqualTo("0009FB70D80B");
    assertThat(facts.absoluteTime()).hasToString("2017-11-04T14:44:51");
    assertThat(facts.relativeTicks()).isEqualTo(expect.get("relative_time").asLong());
  }

  private static void checkRequest(Pdu.PollRequest request, JsonNode expect) {
    assertThat(request.invokeId()).isEqualTo(expect.get("invoke_id").asInt());
    assertThat(request.polled())
        .isEqualTo(
            new Pdu.Polled(
                expect.get("poll_number").asInt(),
                expect.get("polled_class").asInt(),
                Integer.decode(expect.get("polled_group").asText())));
    if (expect.has("poll_period_1_8ms")) {
      assertThat(request.periodTicks()).isEqualTo(expect.get("poll_period_1_8ms").get(0).asLong());
    } else {
      assertThat(request.periodTicks()).isNull();
    }
  }

  private static void checkResult(Pdu.PollResult result, JsonNode expect) {
    assertThat(result.invokeId()).isEqualTo(expect.get("invoke_id").asInt());
    assertThat(result.ticks()).isEqualTo(expect.get("relative_time").asLong());
    assertThat(result.absolute()).isNull();
    assertThat(result.sequence()).isEqualTo(expect.get("sequence").asInt());
    assertThat(result.polled().objectClass()).isEqualTo(expect.get("polled_class").asInt());
    var linked = expect.get("linked");
    assertThat(result.link())
        .isEqualTo(
            linked == null
                ? null
                : new Pdu.Link(linked.get("state").asInt(), linked.get("count").asInt()));
    var objects = expect.get("objects");
    assertThat(result.observations()).hasSize(objects.size());
    for (int i = 0; i < objects.size(); i++) {
      checkObject(result.observations().get(i), objects.get(i));
    }
  }

  private static void checkObject(Observation object, JsonNode expect) {
    var attributes = object.attributes();
    assertThat(object.context()).isEqualTo(expect.get("mds_context").asInt());
    assertThat(object.handle()).isEqualTo(expect.get("handle").asInt());
    if (expect.has("label_code")) {
      assertThat(attributes.find(AttributeId.LABEL).orElseThrow().getInt())
          .isEqualTo((int) HexFormat.fromHexDigitsToLong(expect.get("label_code").asText()));
    }
    if (expect.has("label")) {
      var text = attributes.find(AttributeId.LABEL_TEXT).orElseThrow();
      assertThat(Layout.utf16(Layout.counted(text))).isEqualTo(expect.get("label").asText());
    }
    if (expect.has("numeric")) {
      var value = attributes.find(AttributeId.NUMERIC).flatMap(NumericValue::parse).orElseThrow();
      checkNumber(value, expect.get("numeric"));
      assertThat(value.toAttribute().value())
          .isEqualTo(attributes.find(AttributeId.NUMERIC).orElseThrow());
    }
    if (expect.has("compound")) {
      var sent = attributes.find(AttributeId.COMPOUND_NUMERIC).orElseThrow();
      var values = NumericValue.parseCompound(sent).orElseThrow();
      for (int i = 0; i < values.size(); i++) {
        checkNumber(values.get(i), expect.get("compound").get(i));
      }
      assertThat(NumericValue.compound(values).value()).isEqualTo(sent);
    }
    if (expect.has("time")) {
      var stamp = BcdTime.read(attributes.find(AttributeId.VALUE_TIME).orElseThrow());
      assertThat(stamp + ":00.00").isEqualTo(expect.get("time").asText().replace(' ', 'T'));
    }
    if (expect.has("sa_spec")) {
      checkDescription(attributes, expect);
    }
    if (expect.has("waves")) {
      checkStretches(attributes, expect.get("waves"));
    }
    if (attributes.has(AttributeId.ALERT_CONDITION)) {
      var sent = attributes.find(AttributeId.ALERT_CONDITION).orElseThrow();
      var condition = AlertCondition.parse(sent).orElseThrow();
      assertThat(condition).isEqualTo(new AlertCondition(0x1100, 0x0607, 0, 0, 0));
      assertThat(condition.toAttribute().value()).isEqualTo(sent);
      for (int list : List.of(AttributeId.PATIENT_ALARMS, AttributeId.TECHNICAL_ALARMS)) {
        assertThat(attributes.find(list).flatMap(AlarmEntry::parseList)).contains(List.of());
      }
    }
  }

  private static void checkNumber(NumericValue value, JsonNode expect) {
    assertThat(value.physiologicalId()).isEqualTo(Integer.decode(expect.get("phys").asText()));
    assertThat(value.state()).isEqualTo(Integer.decode(expect.get("state").asText()));
    assertThat(value.unit()).isEqualTo(Integer.decode(expect.get("unit").asText()));
    assertThat(value.value().number().orElseThrow())
        .isEqualByComparingTo(expect.get("value").decimalValue());
  }

  private static void checkDescription(Attributes attributes, JsonNode expect) {
    var spec = attributes.find(AttributeId.SAMPLE_SPEC).flatMap(SampleSpec::parse).orElseThrow();
    var expectedSpec = expect.get("sa_spec");
    assertThat(spec)
        .isEqualTo(
            new SampleSpec(
                expectedSpec.get("array_size").asInt(),
                expectedSpec.get("sample_bits").asInt(),
                expectedSpec.get("signif_bits").asInt(),
                Integer.decode(expectedSpec.get("flags").asText())));
    assertThat(spec.toAttribute().value())
        .isEqualTo(attributes.find(AttributeId.SAMPLE_SPEC).orElseThrow());
    assertThat(attributes.find(AttributeId.SAMPLE_PERIOD).orElseThrow().getInt())
        .isEqualTo(expect.get("sample_period").asInt());
    var sent = attributes.find(AttributeId.SCALE).orElseThrow();
    var scale = Scale.parse(sent).orElseThrow();
    var expectedScale = expect.get("scale");
    assertThat(scale.low().number().orElseThrow())
        .isEqualByComparingTo(expectedScale.get("lower_abs").decimalValue());
    assertThat(scale.high().number().orElseThrow())
        .isEqualByComparingTo(expectedScale.get("upper_abs").decimalValue());
    assertThat(scale.lowCount()).isEqualTo(expectedScale.get("lower_scaled").asInt());
    assertThat(scale.highCount()).isEqualTo(expectedScale.get("upper_scaled").asInt());
    assertThat(scale.toAttribute().value()).isEqualTo(sent);
  }

  private static void checkStretches(Attributes attributes, JsonNode expect) {
    var spec = new SampleSpec(64, 16, 14, 0);
    var stretches =
        attributes
            .find(AttributeId.COMPOUND_SAMPLES)
            .flatMap(SampleArray::parseCompound)
            .or(
                () ->
                    attributes.find(AttributeId.SAMPLES).flatMap(SampleArray::parse).map(List::of))
            .orElseThrow();
    assertThat(stretches).hasSize(expect.size());
    for (int i = 0; i < expect.size(); i++) {
      var wave = expect.get(i);
      var stretch = stretches.get(i);
      assertThat(stretch.physiologicalId()).isEqualTo(Integer.decode(wave.get("physio").asText()));
      assertThat(stretch.state()).isEqualTo(Integer.decode(wave.get("state").asText()));
      var counts = spec.counts(stretch.samples()).orElseThrow();
      assertThat(counts).hasSize(wave.get("n").asInt());
      for (int k = 0; k < wave.get("first8").size(); k++) {
        assertThat(counts[k]).isEqualTo(wave.get("first8").get(k).asInt());
      }
      assertThat(counts[counts.length - 1]).isEqualTo(wave.get("last").asInt());
      assertThat(Arrays.stream(counts).min()).hasValue(wave.get("min").asInt());
      assertThat(Arrays.stream(counts).max()).hasValue(wave.get("max").asInt());
    }
  }

  private static void checkWaves(ByteBuffer value, JsonNode expect) {
    var codes = WaveList.parse(value).orElseThrow();
    assertThat(codes.stream().map(code -> "0002" + HEX.toHexDigits(code, 4)))
        .isEqualTo(texts(expect.get("labels")));
  }

  private static Pdu decode(JsonNode vector) {
    return PduCodec.decode(ByteBuffer.wrap(payload(vector))).orElseThrow();
  }

  private static byte[] payload(JsonNode vector) {
    return HEX.parseHex(vector.get("hex").asText());
  }

  private static List<String> ids(Attributes attributes) {
    return attributes.list().stream().map(one -> HEX.toHexDigits(one.id(), 4)).toList();
  }

  private static List<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(one -> texts.add(one.asText()));
    return texts;
  }

  private static String hex8(long value) {
    return HEX.toHexDigits(value, 8);
  }

  private static String name(JsonNode vector) {
    return vector.get("name").asText();
  }

  private static Stream<Named<JsonNode>> messages() {
    return named(v -> !OTHERS.contains(name(v)) && !name(v).startsWith("rs232"));
  }

  private static Stream<Named<JsonNode>> frames() {
    return named(v -> name(v).startsWith("rs232"));
  }

  private static Stream<Named<JsonNode>> named(Predicate<JsonNode> wanted) {
    return vectors().filter(wanted).map(vector -> Named.of(name(vector), vector));
  }

  private static Stream<JsonNode> vectors() {
    var file = "/vectors/philips-intellivue.json";
    try (var json = IntellivueVectorsTest.class.getResourceAsStream(file)) {
      var all = new ArrayList<JsonNode>();
      new ObjectMapper().readTree(json).forEach(all::add);
      assertThat(all).hasSizeGreaterThan(20);
      return all.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
