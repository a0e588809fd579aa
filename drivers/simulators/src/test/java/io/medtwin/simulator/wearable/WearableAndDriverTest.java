package io.medtwin.simulator.wearable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.medtwin.driver.gattvitals.GattVitalsDriver;
import io.medtwin.driver.jsonfields.JsonFieldsDriver;
import io.medtwin.driver.senml.SenmlDriver;
import io.medtwin.driver.senml.SenmlFormat;
import io.medtwin.simulator.ble.GattSensor;
import io.medtwin.simulator.ble.SensorSheet;
import io.medtwin.simulator.physiology.Patient;
import io.medtwin.spi.DeviceTime;
import io.medtwin.spi.Message;
import io.medtwin.spi.MessageDriver;
import io.medtwin.spi.Numeric;
import io.medtwin.testkit.RecordingSession;
import io.medtwin.testkit.ScriptedMessageLink;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The real drivers over what the simulated wearables say. */
class WearableAndDriverTest {
  private static final Instant EPOCH = Instant.parse("2026-11-24T08:00:00Z");
  private static final String ID = "wear-3";
  private final Patient patient = new Patient(21);

  @ParameterizedTest
  @EnumSource(SenmlFormat.class)
  void aSenmlPackGivesItsReadings(SenmlFormat format) {
    var pack = new SenmlPatch(ID, patient, EPOCH).pack(60, format);
    var type = "application/senml+" + (format == SenmlFormat.JSON ? "json" : "cbor");

    var session = run(new SenmlDriver(), Map.of(), message(ID, type, Map.of(), pack)).device(ID);

    var now = patient.vitals(60);
    assertThat(number(session, "heart-rate")).isEqualTo(now.heartRate(), within(0.51));
    assertThat(number(session, "spo2")).isEqualTo(now.spo2() / 100, within(0.0051));
    assertThat(number(session, "temperature")).isEqualTo(now.temperature(), within(0.0051));
    assertThat(session.last("heart-rate").orElseThrow().time())
        .isInstanceOfSatisfying(
            DeviceTime.Utc.class,
            time -> assertThat(time.instant()).isEqualTo(EPOCH.plusSeconds(60)));
  }

  @Test
  void theWatchIsReadWithItsFields() {
    var said = new Watch(ID, patient, EPOCH).at(12);

    var session =
        run(
                new JsonFieldsDriver(),
                Map.of("fields", Watch.FIELDS),
                message(ID, said.contentType(), Map.of(), said.payload()))
            .device(ID);

    var now = patient.vitals(60);
    assertThat(number(session, "heart-rate")).isEqualTo(now.heartRate(), within(0.51));
    assertThat(number(session, "temperature")).isEqualTo(now.temperature(), within(0.051));
    assertThat(number(session, "steps")).isEqualTo(4);
    assertThat(session.discarded()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "HEART_RATE, heart-rate, 40, 140",
    "HEART_RATE, rr-interval, 400, 1500",
    "PULSE_OXIMETER, spo2, 90, 100",
    "THERMOMETER, body-temperature, 36, 38",
    "BLOOD_PRESSURE, systolic, 90, 150",
    "BLOOD_PRESSURE, diastolic, 50, 90",
    "HEART_RATE, battery-level, 50, 100"
  })
  void aGattSensorGivesItsReadings(
      GattSensor.Kind kind, String parameter, double low, double high) {
    var sheet = new SensorSheet("02:00:00:00:00:01", "MedTwin", "Sensor", "S1");
    var sensor = new GattSensor(kind, sheet, patient, EPOCH);
    var messages =
        sensor.at(30).stream()
            .map(
                value ->
                    message(
                        sheet.address(),
                        null,
                        Map.of(
                            Message.GATT_KIND,
                            "notification",
                            Message.GATT_CHARACTERISTIC,
                            value.characteristic()),
                        value.octets()))
            .toArray(Message[]::new);

    var session = run(new GattVitalsDriver(), Map.of(), messages).device(sheet.address());

    assertThat(number(session, parameter)).isBetween(low, high);
    assertThat(session.discarded()).isEmpty();
  }

  private static Message message(
      String device, @Nullable String contentType, Map<String, String> attributes, byte[] payload) {
    return new Message("test/" + device, device, contentType, attributes, ByteBuffer.wrap(payload));
  }

  private static RecordingSession run(
      MessageDriver driver, Map<String, String> settings, Message... messages) {
    var link =
        new ScriptedMessageLink(driver.descriptor().links().iterator().next(), List.of(messages));
    var session = new RecordingSession(settings);
    assertThatThrownBy(() -> driver.run(link, session)).isInstanceOf(EOFException.class);
    assertThat(link.refusals()).isEmpty();
    return session;
  }

  private static double number(RecordingSession session, String parameter) {
    return ((Numeric) session.last(parameter).orElseThrow().value()).amount().doubleValue();
  }
}
