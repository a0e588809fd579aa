package io.medtwin.driver.gattvitals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.medtwin.driver.vectors.Vectors;
import io.medtwin.driver.vectors.Vectors.Vector;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GattVectorsTest {

  /** Decodes one characteristic. */
  interface Codec {
    Object decode(ByteBuffer octets) throws GattException;
  }

  static final Map<String, Codec> CODECS =
      Map.ofEntries(
          Map.entry("2A37", HeartRate::decode),
          Map.entry("2A38", BodySensorLocation::decode),
          Map.entry("2A5E", SpotCheckOximetry::decode),
          Map.entry("2A5F", ContinuousOximetry::decode),
          Map.entry("2A1C", Temperature::decode),
          Map.entry("2A1E", Temperature::decode),
          Map.entry("2A35", BloodPressure::decode),
          Map.entry("2A36", BloodPressure::decode),
          Map.entry("2A19", BatteryLevel::decode),
          Map.entry("2A9D", Weight::decode),
          Map.entry("2A2B", CurrentTime::decode),
          Map.entry("2A08", GattDateTime::decode),
          Map.entry("2A29", DeviceText::decode),
          Map.entry("2A26", DeviceText::decode),
          Map.entry("2A23", SystemId::decode),
          Map.entry("SFLOAT", octets -> new OctetReader(octets).sfloat()),
          Map.entry("FLOAT", octets -> new OctetReader(octets).float32()));

  static Stream<Vector> vectors() {
    return Stream.of(
            "heart_rate",
            "pulse_oximeter",
            "health_thermometer",
            "blood_pressure",
            "weight_battery_dis_time",
            "ieee11073_float")
        .flatMap(file -> Vectors.in("ble/" + file + ".json"));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void aVectorDecodesToWhatItsSourceSays(Vector vector) throws GattException {
    var codec = Objects.requireNonNull(CODECS.get(vector.text("characteristic")));
    var error = vector.expect().path("error");
    if (!error.isMissingNode()) {
      assertThatThrownBy(() -> codec.decode(vector.octets()))
          .isInstanceOfSatisfying(
              GattException.class, e -> assertThat(e.problem().name()).isEqualTo(error.asText()));
      return;
    }
    var octets = vector.octets();
    var fields = fields(codec.decode(octets), vector.text("characteristic"));
    assertThat(octets.remaining()).as("octets left").isZero();
    assertThat(fields.keySet())
        .containsAll(vector.expect().propertyStream().map(Map.Entry::getKey).toList());
    fields.forEach((field, value) -> assertField(field, value, vector.expect().path(field)));
  }

  private static void assertField(String field, @Nullable Object value, JsonNode expected) {
    if (expected.isMissingNode()) {
      // Some vectors give a float's parts, all give its value.
      if (!field.equals("mantissa") && !field.equals("exponent")) {
        assertThat(value).as(field + " that the vector does not mention").isNull();
      }
    } else if (field.equals("rrMs")) {
      // Printed with three decimals in the vectors; exact here.
      assertThat(((Iterable<?>) Objects.requireNonNull(value)))
          .usingElementComparator((a, b) -> close((BigDecimal) a, (BigDecimal) b))
          .isEqualTo(elements(expected).map(JsonNode::decimalValue).toList());
    } else if (value instanceof BigDecimal number && expected.isNumber()) {
      assertThat(Vectors.near(number, expected)).as(field + " " + number).isTrue();
    } else if (value instanceof Set<?> set) {
      assertThat(set.stream().map(Object::toString))
          .as(field)
          .containsExactlyInAnyOrderElementsOf(elements(expected).map(JsonNode::asText).toList());
    } else {
      assertThat(String.valueOf(value)).as(field).isEqualTo(text(expected));
    }
  }

  private static int close(BigDecimal a, BigDecimal b) {
    return a.subtract(b).abs().compareTo(new BigDecimal("0.0005")) <= 0 ? 0 : a.compareTo(b);
  }

  private static String text(JsonNode expected) {
    return expected.isArray()
        ? elements(expected).map(JsonNode::asText).toList().toString()
        : expected.asText();
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  /** The record in the vectors' words. */
  private static Map<String, @Nullable Object> fields(Object decoded, String characteristic) {
    var fields = new TreeMap<String, @Nullable Object>();
    switch (decoded) {
      case HeartRate rate -> {
        fields.put("heartRate", rate.beatsPerMinute());
        fields.put("contact", word(rate.contact()));
        fields.put("energyExpendedKj", rate.energyKilojoules());
        fields.put("rr1024", rate.rrIntervals().isEmpty() ? null : rate.rrIntervals());
        fields.put("rrMs", rate.rrIntervals().isEmpty() ? null : rate.rrMillis());
      }
      case BodySensorLocation location -> {
        fields.put("location", word(location));
        fields.put("raw", location.code());
      }
      case SpotCheckOximetry spot -> {
        fields.put("spo2", number(spot.spo2()));
        fields.put("pulseRate", number(spot.pulseRate()));
        fields.put("timestamp", spot.time());
        fields.put("measurementStatus", words(spot.measurementStatus()));
        fields.put("deviceSensorStatus", words(spot.sensorStatus()));
        fields.put("pulseAmplitudeIndex", number(spot.pulseAmplitudeIndex()));
      }
      case ContinuousOximetry continuous -> {
        fields.put("spo2", number(continuous.normal().spo2()));
        fields.put("pulseRate", number(continuous.normal().pulseRate()));
        fields.put("measurementStatus", words(continuous.measurementStatus()));
        fields.put("deviceSensorStatus", words(continuous.sensorStatus()));
        fields.put("pulseAmplitudeIndex", number(continuous.pulseAmplitudeIndex()));
      }
      case Temperature temperature -> {
        fields.put("temperature", number(temperature.value()));
        fields.put("unit", temperature.unit() == Temperature.Unit.CELSIUS ? "Cel" : "degF");
        fields.put("timestamp", temperature.time());
        fields.put("temperatureType", temperature.site() == null ? null : word(temperature.site()));
        putParts(fields, temperature.value());
      }
      case BloodPressure pressure -> {
        boolean cuff = characteristic.equals("2A36");
        fields.put(cuff ? "cuffPressure" : "systolic", number(pressure.systolic()));
        if (!cuff) {
          fields.put("diastolic", number(pressure.diastolic()));
          fields.put("meanArterialPressure", number(pressure.mean()));
        }
        fields.put("unit", pressure.unit() == BloodPressure.Unit.MMHG ? "mmHg" : "kPa");
        fields.put("timestamp", pressure.time());
        fields.put("pulseRate", number(pressure.pulseRate()));
        fields.put("userId", pressure.userId());
        fields.put("status", words(pressure.status()));
        fields.put("statusRaw", pressure.status() == null ? null : rawStatus(pressure));
      }
      case BatteryLevel battery -> fields.put("levelPct", battery.percent());
      case Weight weight -> {
        boolean metric = weight.unit() == Weight.Unit.METRIC;
        fields.put("weight", weight.weight());
        fields.put("unit", metric ? "kg" : "lb");
        fields.put("timestamp", weight.time());
        fields.put("userId", weight.userId());
        fields.put("bmi", weight.body() == null ? null : weight.body().bmi());
        fields.put("height", weight.height());
        fields.put("heightUnit", weight.body() == null ? null : metric ? "m" : "in");
      }
      case CurrentTime time -> {
        fields.put("dateTime", time.dateTime());
        fields.put("dayOfWeek", time.dayOfWeek());
        fields.put("fractions256", time.fractions256());
        fields.put("adjustReason", words(time.adjustReasons()));
      }
      case GattDateTime time -> fields.put("dateTime", time);
      case DeviceText text -> fields.put("text", text.text());
      case SystemId id -> {
        fields.put("manufacturerId", String.format(Locale.ROOT, "%010X", id.manufacturerId()));
        fields.put("oui", String.format(Locale.ROOT, "%06X", id.oui()));
        fields.put("eui64", id.eui64());
      }
      case MedicalFloat value -> {
        fields.put("value", number(value));
        putParts(fields, value);
      }
      default -> throw new IllegalArgumentException("no words for " + decoded.getClass());
    }
    return fields;
  }

  private static void putParts(Map<String, @Nullable Object> fields, MedicalFloat value) {
    if (value instanceof MedicalFloat.Finite(int mantissa, int exponent)) {
      fields.put("mantissa", mantissa);
      fields.put("exponent", exponent);
    }
  }

  private static int rawStatus(BloodPressure pressure) {
    var octets = pressure.encode();
    return Byte.toUnsignedInt(octets[octets.length - 2])
        | Byte.toUnsignedInt(octets[octets.length - 1]) << 8;
  }

  private static @Nullable Object number(@Nullable MedicalFloat value) {
    return switch (value) {
      case null -> null;
      case MedicalFloat.Finite finite -> finite.value();
      case MedicalFloat.Special special ->
          switch (special) {
            case NOT_A_NUMBER -> "NaN";
            case NOT_AT_THIS_RESOLUTION -> "NRes";
            case POSITIVE_INFINITY -> "+INF";
            case NEGATIVE_INFINITY -> "-INF";
            case RESERVED -> "RFU";
          };
    };
  }

  private static @Nullable Set<String> words(@Nullable Set<? extends Enum<?>> statuses) {
    return statuses == null
        ? null
        : statuses.stream().map(GattVectorsTest::word).collect(Collectors.toSet());
  }

  private static String word(Enum<?> constant) {
    var parts = constant.name().toLowerCase(Locale.ROOT).split("_", -1);
    return parts[0]
        + Arrays.stream(parts, 1, parts.length)
            .map(part -> part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1))
            .collect(Collectors.joining());
  }
}
