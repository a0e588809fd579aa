package io.medtwin.driver.senml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.spi.Absent;
import io.medtwin.spi.Absent.Reason;
import io.medtwin.spi.Coded;
import io.medtwin.spi.DeviceTime;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Message;
import io.medtwin.spi.MessageLink.Refusal;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Reading.Flag;
import io.medtwin.spi.Text;
import io.medtwin.testkit.RecordingSession;
import io.medtwin.testkit.ScriptedMessageLink;
import io.medtwin.testkit.ScriptedMessageLink.Refused;
import java.io.EOFException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SenmlDriverTest {

  private static final String JSON = "application/senml+json";
  private static final String CBOR = "application/senml+cbor";
  private static final String WEARABLE =
      """
      [{"bn":"urn:dev:mac:0200000000004001:","n":"heartRate","u":"beat/min","t":-2.5,"v":71},
       {"n":"spo2","u":"/","v":0.97},{"n":"worn","vb":true},{"n":"strap","vs":"left"}]
      """;

  @Test
  void aReadingKeepsTheNameAndUnitOfTheWire() {
    var device = only(run(Map.of(), message(JSON, "0200000000004001", WEARABLE)));
    assertThat(device.reports(Reading.class))
        .containsExactly(
            Reading.of("heartRate", Numeric.of(71, "beat/min"))
                .at(new DeviceTime.Ago(Duration.ofMillis(2500))),
            Reading.of("spo2", Numeric.of("0.97", "/")),
            Reading.of("worn", new Coded("true")),
            Reading.of("strap", new Text("left")));
  }

  @Test
  void anAbsoluteTimeIsUtc() {
    var device =
        only(run(Map.of(), message(JSON, "a", "[{\"n\":\"hr\",\"v\":1,\"t\":1320067464.25}]")));
    assertThat(device.last("hr").orElseThrow().time())
        .isEqualTo(new DeviceTime.Utc(Instant.parse("2011-10-31T13:24:24.250Z"), false));
  }

  @ParameterizedTest
  @CsvSource({
    "urn:dev:mac:0200000000004001:, 0200000000004001",
    "urn:dev:mac:0200000000004001:, urn:dev:mac:0200000000004001",
    "urn:dev:mac:020000FFFE004001:, 02:00:00:00:40:01",
    "urn:dev:mac:020000004001/, 02:00:00:00:40:01",
    "urn:imei:350000000000000:, 350000000000000",
    "bed12:, bed12",
  })
  void aBaseNameThatSpellsTheTransportsDeviceAgrees(String baseName, String device) {
    var run = run(Map.of(), message(JSON, device, pack(baseName)));
    assertThat(run.link().refusals()).isEmpty();
    assertThat(run.session().devices()).containsOnlyKeys(device);
  }

  @Test
  void aPackOfAnotherDeviceIsRefusedWhole() {
    var run =
        run(
            Map.of(),
            message(
                JSON,
                "0200000000004001",
                "[{\"bn\":\"urn:dev:mac:0200000000004001:\",\"n\":\"hr\",\"v\":1},"
                    + "{\"bn\":\"urn:dev:mac:0200000000004002:\",\"n\":\"hr\",\"v\":2}]"));
    assertThat(run.link().refusals())
        .extracting(Refused::kind)
        .containsExactly(Refusal.WRONG_DEVICE);
    assertThat(run.session().devices()).isEmpty();
    assertThat(run.session().reports()).isEmpty();
  }

  @Test
  void withoutADeviceOfTheTransportTheBaseNameIsTheDevice() {
    var run =
        run(
            Map.of(),
            message(
                JSON,
                null,
                "[{\"bn\":\"2001:db8::2/\",\"n\":\"temperature\",\"u\":\"Cel\",\"v\":25.2},"
                    + "{\"bn\":\"2001:db8::1/\",\"n\":\"temperature\",\"u\":\"Cel\",\"v\":12.3}]"));
    assertThat(run.session().devices()).containsOnlyKeys("2001:db8::2", "2001:db8::1");
  }

  @Test
  void aDeviceThatNamesOnlyItselfHasASoleValue() {
    var run =
        run(Map.of(), message(JSON, null, "[{\"n\":\"urn:dev:ow:10e2073a01080063\",\"v\":23.1}]"));
    assertThat(run.session().devices()).containsOnlyKeys("urn:dev:ow:10e2073a01080063");
    assertThat(only(run).last("value")).isPresent();
  }

  @Test
  void aBaseNameMayBeJustAPrefix() {
    var run = run(Map.of("baseName", "prefix"), message(JSON, "bed12", pack("vitals/")));
    assertThat(only(run).reports(Reading.class))
        .extracting(Reading::parameter)
        .containsExactly("vitals/hr");
  }

  @Test
  void aPathOfLwm2mIsTheParameter() {
    var run =
        run(
            Map.of("names", "lwm2m"),
            message(JSON, "watch", "[{\"bn\":\"/3346/0/\",\"n\":\"5700\",\"v\":72}]"));
    assertThat(only(run).last("/3346/0/5700")).isPresent();
  }

  @Test
  void aFloatThatIsNoNumberIsAbsentWithItsReason() {
    var device = only(run(Map.of(), cbor("83a200616102f97e00a200616202f97c00a200616302f9fc00")));
    assertThat(device.reports(Reading.class))
        .extracting(Reading::value)
        .containsExactly(
            new Absent(Reason.NOT_A_NUMBER),
            new Absent(Reason.OVERFLOW),
            new Absent(Reason.UNDERFLOW));
  }

  @Test
  void aSumIsAReadingOfItsOwn() {
    var device =
        only(run(Map.of(), message(JSON, "a", "[{\"n\":\"power\",\"u\":\"W\",\"v\":5,\"s\":90}]")));
    assertThat(device.last("power-sum").orElseThrow().value()).isEqualTo(Numeric.of(90, "W.s"));
  }

  @Test
  void dataIsShownWhileItIsShort() {
    var shown = run(Map.of(), cbor("81a200616108430a0b0c"));
    assertThat(only(shown).last("a").orElseThrow().value()).isEqualTo(new Text("0a0b0c"));
    var block = SenmlEntry.data("a", new byte[65]);
    var octets = Senml.write(List.of(block), SenmlFormat.CBOR);
    var counted = only(run(Map.of(), cbor(HexFormat.of().formatHex(octets))));
    assertThat(counted.reports()).isEmpty();
    assertThat(counted.discardedBytes()).isEqualTo(65);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MALFORMED | application/senml+json | {}",
        "MALFORMED | application/senml+json | [{'v':1}]",
        "MALFORMED | application/senml+cbor | [{'n':'a','v':1}]",
        "MALFORMED | application/senml+json | [{'n':'a','v':1},{'n':'b','v':1e999999999}]",
        "UNSUPPORTED_FORMAT | application/json | [{'n':'a','v':1}]",
        "UNSUPPORTED_FORMAT | application/sensml+json | [{'n':'a','v':1}]",
      })
  void whatIsNotAPackIsRefusedAndNothingOfItIsEmitted(
      Refusal refusal, String contentType, String content) {
    var run = run(Map.of(), message(contentType, "a", content.replace('\'', '"')));
    assertThat(run.link().refusals()).extracting(Refused::kind).containsExactly(refusal);
    assertThat(run.session().devices()).isEmpty();
  }

  @Test
  void aPackBeyondItsBoundsIsTooLarge() {
    var run = run(Map.of(), message(JSON, "a", "[" + " ".repeat(70_000) + "]"));
    assertThat(run.link().refusals()).extracting(Refused::kind).containsExactly(Refusal.TOO_LARGE);
  }

  @Test
  void withoutContentTypeTheAddressTellsTheFormatThenTheSetting() {
    var octets =
        Senml.write(List.of(SenmlEntry.number("hr", "1/min", BigDecimal.ONE)), SenmlFormat.CBOR);
    var byAddress = new Message("ward/a/senmlc", "a", null, Map.of(), ByteBuffer.wrap(octets));
    assertThat(only(run(Map.of(), byAddress)).last("hr")).isPresent();
    var bySetting = new Message("ward/a", "a", null, Map.of(), ByteBuffer.wrap(octets));
    assertThat(only(run(Map.of("defaultFormat", "cbor"), bySetting)).last("hr")).isPresent();
    assertThat(run(Map.of("defaultFormat", "none"), bySetting).link().refusals())
        .extracting(Refused::kind)
        .containsExactly(Refusal.UNSUPPORTED_FORMAT);
  }

  @Test
  void aRetainedPackIsStored() {
    var retained =
        new Message(
            "ward/a",
            "a",
            JSON,
            Map.of(Message.RETAINED, "true"),
            ByteBuffer.wrap(pack("a:").getBytes(UTF_8)));
    assertThat(only(run(Map.of(), retained)).last("hr").orElseThrow().flags())
        .containsExactly(Flag.STORED);
  }

  @Property
  void anyContentLeavesTheDriverRunning(@ForAll @Size(max = 48) byte[] octets) {
    run(Map.of(), new Message("a", null, JSON, Map.of(), ByteBuffer.wrap(octets)));
    run(Map.of(), new Message("a", null, CBOR, Map.of(), ByteBuffer.wrap(octets)));
  }

  private record Run(ScriptedMessageLink link, RecordingSession session) {}

  private static String pack(String baseName) {
    return "[{\"bn\":\"" + baseName + "\",\"n\":\"hr\",\"u\":\"beat/min\",\"v\":71}]";
  }

  private static Message message(String contentType, @Nullable String device, String content) {
    return new Message(
        "ward", device, contentType, Map.of(), ByteBuffer.wrap(content.getBytes(UTF_8)));
  }

  private static Message cbor(String hex) {
    return new Message("ward", "a", CBOR, Map.of(), ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
  }

  private static RecordingSession only(Run run) {
    assertThat(run.session().devices()).hasSize(1);
    return Objects.requireNonNull(run.session().devices().values().iterator().next());
  }

  private static Run run(Map<String, String> settings, Message message) {
    var session = new RecordingSession(settings);
    var link = new ScriptedMessageLink(LinkKind.COAP, List.of(message));
    assertThatThrownBy(() -> new SenmlDriver().run(link, session)).isInstanceOf(EOFException.class);
    return new Run(link, session);
  }
}
