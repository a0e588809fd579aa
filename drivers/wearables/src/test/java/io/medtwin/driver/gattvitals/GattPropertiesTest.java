package io.medtwin.driver.gattvitals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.driver.gattvitals.BloodPressure.Status;
import io.medtwin.driver.gattvitals.MedicalFloat.Finite;
import io.medtwin.driver.gattvitals.MedicalFloat.Special;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class GattPropertiesTest {

  @Property
  void anyOctetsDecodeOrAreRefusedWithTheCodecsOwnError(@ForAll @Size(max = 24) byte[] octets) {
    GattVectorsTest.CODECS
        .values()
        .forEach(
            codec -> {
              try {
                codec.decode(ByteBuffer.wrap(octets));
              } catch (GattException e) {
                assertThat(e.problem()).isNotNull();
              }
            });
  }

  @Test
  void everySfloatWordComesBackTheSame() {
    for (int word = 0; word <= 0xFFFF; word++) {
      assertThat(MedicalFloat.ofSfloat(word).toSfloat() & 0xFFFF).isEqualTo(word);
    }
  }

  @Property
  void everyFloatWordComesBackTheSame(@ForAll int word) {
    assertThat(MedicalFloat.ofFloat(word).toFloat()).isEqualTo(word);
  }

  @Test
  void aSpecialWordIsComparedBeforeItIsSplit() {
    assertThat(MedicalFloat.ofSfloat(0xF7FF)).isEqualTo(MedicalFloat.of("204.7"));
    assertThat(MedicalFloat.ofSfloat(0x07FF)).isEqualTo(Special.NOT_A_NUMBER);
    assertThat(MedicalFloat.ofFloat(0x007F_FFFF)).isEqualTo(Special.NOT_A_NUMBER);
    assertThatThrownBy(() -> MedicalFloat.of(2047).toSfloat())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNumberTooLongForSixteenBitsIsNotRounded() {
    assertThatThrownBy(() -> MedicalFloat.of("219.425").toSfloat())
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(MedicalFloat.ofFloat(MedicalFloat.of("219.425").toFloat()))
        .isEqualTo(MedicalFloat.of("219.425"));
  }

  @Test
  void thePrecisionASensorClaimsIsKept() {
    assertThat(((Finite) MedicalFloat.of("37.60")).value()).isEqualTo(new BigDecimal("37.60"));
  }

  @Property
  void aHeartRateComesBackTheSame(
      @ForAll @IntRange(max = 0xFFFF) int rate,
      @ForAll HeartRate.Contact contact,
      @ForAll("optionalUint16") List<Integer> energy,
      @ForAll @Size(max = 9) List<@IntRange(max = 0xFFFF) Integer> intervals)
      throws GattException {
    var sent = new HeartRate(rate, contact, energy.isEmpty() ? null : energy.get(0), intervals);
    assertThat(HeartRate.decode(ByteBuffer.wrap(sent.encode()))).isEqualTo(sent);
  }

  @Property
  void oximetryComesBackTheSame(
      @ForAll("sfloat") MedicalFloat spo2,
      @ForAll("sfloat") MedicalFloat pulse,
      @ForAll Set<MeasurementStatus> measurement,
      @ForAll Set<SensorStatus> sensor,
      @ForAll("dateTime") GattDateTime time,
      @ForAll boolean some)
      throws GattException {
    var spot =
        new SpotCheckOximetry(
            spo2, pulse, some ? time : null, measurement, some ? sensor : null, pulse, some);
    assertThat(SpotCheckOximetry.decode(ByteBuffer.wrap(spot.encode()))).isEqualTo(spot);
    var pair = new ContinuousOximetry.Pair(spo2, pulse);
    var continuous =
        new ContinuousOximetry(
            pair, some ? pair : null, pair, some ? null : measurement, sensor, some ? null : spo2);
    assertThat(ContinuousOximetry.decode(ByteBuffer.wrap(continuous.encode())))
        .isEqualTo(continuous);
  }

  @Property
  void aTemperatureComesBackTheSame(
      @ForAll int word,
      @ForAll Temperature.Unit unit,
      @ForAll("dateTime") GattDateTime time,
      @ForAll Temperature.Site site,
      @ForAll boolean some)
      throws GattException {
    var sent =
        new Temperature(MedicalFloat.ofFloat(word), unit, some ? time : null, some ? null : site);
    assertThat(Temperature.decode(ByteBuffer.wrap(sent.encode()))).isEqualTo(sent);
  }

  @Property
  void aBloodPressureComesBackTheSame(
      @ForAll("sfloat") MedicalFloat value,
      @ForAll BloodPressure.Unit unit,
      @ForAll("dateTime") GattDateTime time,
      @ForAll Set<Status> status,
      @ForAll boolean some)
      throws GattException {
    var consistent = new HashSet<>(status);
    if (consistent.contains(Status.PULSE_RATE_ABOVE_LIMIT)) {
      consistent.remove(Status.PULSE_RATE_BELOW_LIMIT);
    }
    var sent =
        new BloodPressure(
            unit, value, value, value, some ? time : null, value, some ? 7 : null, consistent);
    assertThat(BloodPressure.decode(ByteBuffer.wrap(sent.encode()))).isEqualTo(sent);
  }

  @Property
  void aWeightComesBackTheSame(
      @ForAll @IntRange(max = 0xFFFF) int raw,
      @ForAll Weight.Unit unit,
      @ForAll("dateTime") GattDateTime time,
      @ForAll boolean some)
      throws GattException {
    var sent =
        new Weight(
            unit,
            raw,
            some ? time : null,
            some ? null : 255,
            some ? new Weight.Body(245, raw) : null);
    assertThat(Weight.decode(ByteBuffer.wrap(sent.encode()))).isEqualTo(sent);
  }

  @Property
  void aSystemIdComesBackTheSame(
      @ForAll @LongRange(max = (1L << 40) - 1) long number,
      @ForAll @IntRange(max = (1 << 24) - 1) int oui)
      throws GattException {
    var sent = new SystemId(number, oui);
    assertThat(SystemId.decode(ByteBuffer.wrap(sent.encode()))).isEqualTo(sent);
  }

  @Test
  void weightsAreExactSteps() {
    assertThat(Weight.kilograms(new BigDecimal("61.75")).weight()).isEqualByComparingTo("61.75");
    assertThatThrownBy(() -> Weight.kilograms(new BigDecimal("61.7511")))
        .isInstanceOf(ArithmeticException.class);
  }

  @Provide
  Arbitrary<MedicalFloat> sfloat() {
    return Arbitraries.integers().between(0, 0xFFFF).map(MedicalFloat::ofSfloat);
  }

  @Provide
  Arbitrary<List<Integer>> optionalUint16() {
    return Arbitraries.integers().between(0, 0xFFFF).list().ofMaxSize(1);
  }

  @Provide
  Arbitrary<GattDateTime> dateTime() {
    return Combinators.combine(
            Arbitraries.integers().between(1581, 9999).map(year -> year == 1581 ? 0 : year),
            Arbitraries.integers().between(0, 12),
            Arbitraries.integers().between(0, 31),
            Arbitraries.integers().between(0, 23),
            Arbitraries.integers().between(0, 59),
            Arbitraries.integers().between(0, 59))
        .as(GattDateTime::new);
  }
}
