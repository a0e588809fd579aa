package io.medtwin.twin.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {

  private final Units units = new Units();

  @ParameterizedTest
  @CsvSource({
    "15.9, kPa, mm[Hg], 119.26",
    "16000, Pa, mm[Hg], 120.0102",
    "90, s, min, 1.5",
    "150, '[lb_av]', kg, 68.039",
    "60, /min, Hz, 1",
    "0.97, 1, %, 97",
    "71, '{beat}/min', /min, 71",
    "3.50, mL/h, mL/h, 3.50",
    "98.6, [degF], Cel, 37",
    "37.0, Cel, [degF], 98.6",
    "100, [degF], Cel, 37.78",
    "0.5, Cel, K, 273.65",
    "309.75, K, Cel, 36.6",
    "-459.67, [degF], K, 0",
    "-40, Cel, [degF], -40",
  })
  void aQuantityIsTheSameInAnotherUnit(
      BigDecimal number, String from, String to, BigDecimal expected) {
    assertThat(units.convert(number, from, to).orElseThrow()).isEqualByComparingTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"%, Cel", "Cel, J", "mK, Cel", "kg, L", "bpm, /min", "mm[Hg], /min"})
  void unitsOfDifferentDimensionsOrUnknownOnesDoNotConvert(String from, String to) {
    assertThat(units.convert(BigDecimal.ONE, from, to)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"36.6", "-12.34", "0.001", "451"})
  void aTemperatureComesBackAsItWas(BigDecimal number) {
    for (String other : List.of("[degF]", "K")) {
      var there = units.convert(number, "Cel", other).orElseThrow();
      assertThat(units.convert(there, other, "Cel").orElseThrow()).isEqualByComparingTo(number);
    }
  }

  @Test
  void noTextIsNoUnitAndConvertsToNothing() {
    assertThat(units.isUnit("")).isFalse();
    assertThat(units.convert(BigDecimal.ONE, "", "%")).isEmpty();
    assertThat(units.convert(BigDecimal.ONE, "%", "")).isEmpty();
  }

  @Test
  void unitsOfOneDimensionAreComparable() {
    assertThat(units.areComparable("[degF]", "K")).isTrue();
    assertThat(units.areComparable("kPa", "mm[Hg]")).isTrue();
    assertThat(units.areComparable("bpm", "bpm")).isFalse();
    assertThat(units.areComparable("mL", "mL/h")).isFalse();
  }

  @Test
  void aHugeExponentCostsNoTimeAndNoMemory() {
    assertThat(units.convert(new BigDecimal("1e30"), "kPa", "mm[Hg]")).isPresent();
    assertThat(units.convert(new BigDecimal("1e30"), "Cel", "K")).isPresent();
  }
}
