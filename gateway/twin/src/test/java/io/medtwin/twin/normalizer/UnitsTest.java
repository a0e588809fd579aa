package io.medtwin.twin.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  })
  void aQuantityIsTheSameInAnotherUnit(
      BigDecimal number, String from, String to, BigDecimal expected) {
    assertThat(units.convert(number, from, to).orElseThrow()).isEqualByComparingTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"%, Cel", "kg, L", "bpm, /min", "mm[Hg], /min"})
  void unitsOfDifferentDimensionsOrUnknownOnesDoNotConvert(String from, String to) {
    assertThat(units.convert(BigDecimal.ONE, from, to)).isEmpty();
  }

  @Test
  void aHugeExponentCostsNoTimeAndNoMemory() {
    assertThat(units.convert(new BigDecimal("1e30"), "kPa", "mm[Hg]")).isPresent();
  }
}
