package io.medtwin.driver.gattvitals;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.driver.vectors.Vectors;
import io.medtwin.spi.Absent;
import io.medtwin.spi.Absent.Reason;
import io.medtwin.spi.Coded;
import io.medtwin.spi.DeviceTime;
import io.medtwin.spi.Driver;
import io.medtwin.spi.Identity;
import io.medtwin.spi.Identity.Attribute;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Message;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Presence;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Reading.Flag;
import io.medtwin.spi.Text;
import io.medtwin.spi.Value;
import io.medtwin.testkit.RecordingSession;
import io.medtwin.testkit.ScriptedMessageLink;
import java.io.EOFException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GattVitalsDriverTest {

  private static final String STRAP = "02:00:00:00:20:03";

  @Test
  void theDriverIsFoundByItsId() {
    assertThat(ServiceLoader.load(Driver.class))
        .anySatisfy(driver -> assertThat(driver.descriptor().id()).isEqualTo("gatt-vitals"));
  }

  @Test
  void aHeartRateComesWithItsIntervalsOldestFirst() {
    var device = device(notification("2A37", "1e5532002100"));
    assertThat(value(device, "heart-rate")).isEqualTo(Numeric.of(85, "/min"));
    assertThat(device.readings("rr-interval"))
        .extracting(Reading::value)
        .containsExactly(new Numeric(new BigDecimal("32.2265625"), "ms"));
    assertThat(value(device, "energy-expended")).isEqualTo(Numeric.of(50, "kJ"));
    assertThat(value(device, "sensor-contact")).isEqualTo(new Coded("detected"));
    assertThat(device.discarded()).isEmpty();
  }

  @Test
  void zeroWithoutContactIsAbsentNeverANumber() {
    var device = device(notification("2A37", "0400"));
    assertThat(value(device, "heart-rate")).isEqualTo(new Absent(Reason.SENSOR_OFF));
    assertThat(value(device, "sensor-contact")).isEqualTo(new Coded("not-detected"));
  }

  @Test
  void aRateWithoutContactIsQuestionable() {
    var device = device(notification("2A37", "044a"));
    assertThat(device.last("heart-rate").orElseThrow().flags()).containsExactly(Flag.QUESTIONABLE);
    assertThat(value(device, "heart-rate")).isEqualTo(Numeric.of(74, "/min"));
  }

  @Test
  void aFingerOutOfTheClipMakesBothValuesAbsent() {
    var device = device(notification("2A5F", "08ff07ff07000800"));
    assertThat(value(device, "spo2")).isEqualTo(new Absent(Reason.SENSOR_OFF));
    assertThat(value(device, "pulse-rate")).isEqualTo(new Absent(Reason.SENSOR_OFF));
    assertThat(value(device, "sensor-status")).isEqualTo(new Text("sensor-unconnected-to-user"));
  }

  @Test
  void aSpecialFloatWithoutStatusSaysWhyThereIsNoNumber() {
    var device = device(notification("2A5F", "00ff07fe07"));
    assertThat(value(device, "spo2")).isEqualTo(new Absent(Reason.NOT_A_NUMBER));
    assertThat(value(device, "pulse-rate")).isEqualTo(new Absent(Reason.OVERFLOW));
  }

  @Test
  void demoAndTestDataAreMarkedAndInvalidDataIsAbsent() {
    var pair = new ContinuousOximetry.Pair(MedicalFloat.of(97), MedicalFloat.of(60));
    var demo = status(pair, Set.of(MeasurementStatus.DEMO, MeasurementStatus.TEST));
    assertThat(demo.last("spo2").orElseThrow().flags())
        .containsExactlyInAnyOrder(Flag.DEMO, Flag.TEST);
    assertThat(value(status(pair, Set.of(MeasurementStatus.UNAVAILABLE)), "spo2"))
        .isEqualTo(new Absent(Reason.NOT_AVAILABLE));
    assertThat(value(status(pair, Set.of(MeasurementStatus.INVALID)), "spo2"))
        .isEqualTo(new Absent(Reason.INVALID));
    var plain = status(pair, Set.of(MeasurementStatus.FULLY_QUALIFIED));
    assertThat(plain.last("spo2").orElseThrow().flags()).isEmpty();
  }

  @Test
  void everyAveragingHasItsOwnParameter() {
    var pair = new ContinuousOximetry.Pair(MedicalFloat.of(97), MedicalFloat.of(60));
    var sent = new ContinuousOximetry(pair, pair, pair, null, null, MedicalFloat.of("8.7"));
    var device = device(notification("2A5F", HexFormat.of().formatHex(sent.encode())));
    assertThat(device.reports(Reading.class))
        .extracting(Reading::parameter)
        .containsExactly(
            "spo2",
            "pulse-rate",
            "spo2-fast",
            "pulse-rate-fast",
            "spo2-slow",
            "pulse-rate-slow",
            "pulse-amplitude-index");
  }

  @Test
  void aMalfunctionWithdrawsTheNumberThatCameWithIt() {
    var device = device(notification("2A5E", "0facf3bef5e8070b1d170839204022000066e3"));
    assertThat(value(device, "spo2")).isEqualTo(new Absent(Reason.MALFUNCTION));
    assertThat(device.last("spo2").orElseThrow().time())
        .isEqualTo(new DeviceTime.Local(LocalDateTime.of(2024, 11, 29, 23, 8, 57)));
    assertThat(value(device, "sensor-status"))
        .isEqualTo(new Text("equipment-malfunction low-perfusion"));
  }

  @Test
  void unitAndPrecisionStayAsSent() {
    var device = device(notification("2A1C", "06b00e00fedc070c050b321b04"));
    assertThat(value(device, "body-temperature")).isEqualTo(Numeric.of("37.60", "Cel"));
    assertThat(value(device, "temperature-site")).isEqualTo(new Coded("finger"));
    assertThat(value(device(notification("2A1C", "01da0300ff")), "body-temperature"))
        .isEqualTo(Numeric.of("98.6", "[degF]"));
    assertThat(value(device(notification("2A36", "156ff0000000003c001200")), "cuff-pressure"))
        .isEqualTo(Numeric.of("11.1", "kPa"));
  }

  @Test
  void anUnusedPressureOfAnIntermediateCuffIsNotPublished() {
    var device = device(notification("2A36", "00d7f000000000"));
    assertThat(device.reports(Reading.class))
        .extracting(Reading::parameter)
        .containsExactly("cuff-pressure");
  }

  @Test
  void aUserOfACuffOrScaleIsNeverMentioned() {
    var cuff = device(notification("2A35", "1e8a00580078000000041114293b3c00012700"));
    assertThat(cuff.reports(Reading.class))
        .extracting(Reading::parameter)
        .containsExactly(
            "systolic",
            "diastolic",
            "mean-arterial-pressure",
            "cuff-pulse-rate",
            "blood-pressure-status",
            "device-clock");
    assertThat(cuff.last("systolic").orElseThrow().flags()).containsExactly(Flag.QUESTIONABLE);
    var scale = device(notification("2A9D", "0f543de7070c190e1e2d03f500a802"));
    assertThat(scale.reports(Reading.class))
        .extracting(Reading::parameter)
        .containsExactly("body-weight", "body-mass-index", "body-height");
    assertThat(value(scale, "body-weight")).isEqualTo(Numeric.of("157.00", "[lb_av]"));
  }

  @Test
  void aClockThatWasNeverSetGivesNoTimeAndSaysSo() {
    var device = device(notification("2A35", "1e840049005c00000000000000004c00010000"));
    assertThat(device.last("systolic").orElseThrow().time()).isNull();
    assertThat(value(device, "device-clock")).isEqualTo(new Absent(Reason.NOT_AVAILABLE));
  }

  @Test
  void aFailedWeighingIsAbsent() {
    assertThat(value(device(notification("2A9D", "00ffff")), "body-weight"))
        .isEqualTo(new Absent(Reason.NOT_AVAILABLE));
  }

  @Test
  void aBrokenValueIsCountedAndSaysNothing() {
    var device = device(notification("2A37", "170101"), notification("2A19", "65"));
    assertThat(device.reports()).isEmpty();
    assertThat(device.discarded())
        .containsExactlyInAnyOrderEntriesOf(Map.of("2A37 truncated", 3, "2A19 reserved-value", 1));
  }

  @Test
  void octetsAfterAValueAreToleratedAndCounted() {
    var device = device(notification("2A19", "33ffff"));
    assertThat(value(device, "battery-level")).isEqualTo(Numeric.of(51, "%"));
    assertThat(device.discardedBytes()).isEqualTo(2);
  }

  @Test
  void anIdentityGrowsFactByFactAndIsNotRepeated() {
    var device =
        device(
            notification("2A29", "5761686f6f204669746e65737300000000000000"),
            notification("2A26", "322e31"),
            notification("2A26", "322e31"),
            notification("2A23", "55aa55aa55aa55aa"),
            notification("2A25", "0000"));
    assertThat(device.reports(Identity.class)).hasSize(3);
    assertThat(device.reports(Identity.class).get(2).attributes())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                Attribute.MANUFACTURER, "Wahoo Fitness",
                Attribute.FIRMWARE, "2.1",
                Attribute.EUI64, "AA55AA55AA55AA55"));
  }

  @Test
  void aConnectionIsPresence() {
    var device =
        device(
            message("connection", null, "connected".getBytes(UTF_8)),
            message("connection", null, "disconnected".getBytes(UTF_8)));
    assertThat(device.reports())
        .containsExactly(
            new Presence(true, "connected by corridor"),
            new Presence(false, "disconnected by corridor"));
  }

  @Test
  void whatABridgeDecodedIsReadThoughNumbersAreStrings() {
    var vector =
        Vectors.in("ble/bridge_messages.json")
            .filter(each -> each.text("name").equals("OMG decoded sensor, string numbers"))
            .findFirst()
            .orElseThrow();
    var ours = Map.of("humidity", "humidity", "ambientTemperature", "ambient-temperature");
    var device = device(message("decoded", null, vector.json()));
    assertThat(device.reports()).hasSize(2);
    for (var expected : vector.expect().path("readings")) {
      var parameter = Objects.requireNonNull(ours.get(expected.path("code").asText()));
      var number = (Numeric) value(device, parameter);
      assertThat(Vectors.near(number.amount(), expected.path("value"))).isTrue();
      assertThat(number.unit()).isEqualTo(expected.path("unit").asText());
    }
  }

  @Test
  void aDecodedBodyKeepsUnknownNumbersVisibleAndNamesUnread() {
    var device =
        device(
            message(
                "decoded",
                null,
                """
                {"id":"02:00:00:00:20:03","type":"BODY","brand":"Maker","model":"X1","name":"Ann",
                 "act_bpm":71,"tempc":36.9,"weight":"70.2","unit":"kg","volt":2.56,"user_no":3,
                 "steps":120,"impedance":503,"batt":"80","mood":"good"}
                """
                    .getBytes(UTF_8)));
    assertThat(value(device, "heart-rate")).isEqualTo(Numeric.of(71, "/min"));
    assertThat(value(device, "body-temperature")).isEqualTo(Numeric.of("36.9", "Cel"));
    assertThat(value(device, "body-weight")).isEqualTo(Numeric.of("70.2", "kg"));
    assertThat(value(device, "steps")).isEqualTo(Numeric.of(120, "{steps}"));
    assertThat(value(device, "body-impedance")).isEqualTo(Numeric.of(503, "Ohm"));
    assertThat(value(device, "battery-level")).isEqualTo(Numeric.of(80, "%"));
    assertThat(value(device, "volt")).isEqualTo(Numeric.of("2.56", "1"));
    assertThat(device.discarded()).containsExactly(Map.entry("decoded value that is not read", 2));
    assertThat(device.reports().toString()).doesNotContain("Ann").doesNotContain("user");
  }

  @Test
  void aRetainedValueIsStored() {
    var plain = notification("2A19", "33");
    var attributes = new HashMap<>(plain.attributes());
    attributes.put(Message.RETAINED, "true");
    var retained = new Message(STRAP, STRAP, null, attributes, plain.payload());
    assertThat(device(retained).last("battery-level").orElseThrow().flags())
        .containsExactly(Flag.STORED);
  }

  @Property
  void anyEventOfAnyKindLeavesTheDriverRunning(
      @ForAll @Size(max = 40) byte[] octets, @ForAll @Size(max = 8) String kind) {
    for (var characteristic : GattVectorsTest.CODECS.keySet()) {
      device(message("notification", characteristic, octets));
    }
    device(message("decoded", null, octets));
    device(message("connection", null, octets));
    device(message(kind, null, octets));
  }

  private static Value value(RecordingSession device, String parameter) {
    return device.last(parameter).orElseThrow().value();
  }

  private static RecordingSession status(
      ContinuousOximetry.Pair pair, Set<MeasurementStatus> statuses) {
    var sent = new ContinuousOximetry(pair, null, null, statuses, null, null);
    return device(notification("2A5F", HexFormat.of().formatHex(sent.encode())));
  }

  private static Message notification(String characteristic, String hex) {
    return message("notification", characteristic, HexFormat.of().parseHex(hex));
  }

  private static Message message(String kind, @Nullable String characteristic, byte[] payload) {
    var attributes = new HashMap<String, String>();
    attributes.put(Message.GATT_KIND, kind);
    attributes.put(Message.BRIDGE, "corridor");
    if (characteristic != null) {
      attributes.put(Message.GATT_CHARACTERISTIC, characteristic);
    }
    return new Message(STRAP, STRAP, null, attributes, ByteBuffer.wrap(payload));
  }

  /** What the device said in all messages, once the link has ended. */
  private static RecordingSession device(Message... messages) {
    var session = new RecordingSession();
    var link = new ScriptedMessageLink(LinkKind.BLE, List.of(messages));
    assertThatThrownBy(() -> new GattVitalsDriver().run(link, session))
        .isInstanceOf(EOFException.class);
    assertThat(session.reports()).isEmpty();
    return Objects.requireNonNull(session.devices().get(STRAP));
  }
}
