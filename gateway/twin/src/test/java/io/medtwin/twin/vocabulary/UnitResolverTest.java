package io.medtwin.twin.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.twin.normalizer.Units;
import io.medtwin.twin.vocabulary.UnitResolver.Amount;
import io.medtwin.twin.vocabulary.UnitResolver.Quantity;
import io.medtwin.twin.vocabulary.UnitResolver.Quarantined;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitResolverTest {

  /** Spellings seen in messages that UCUM's grammar does not have: an annotation stands first. */
  private static final List<String> NO_UCUM = List.of("{liquid}mL", "{delta}[degF]", "{delta}Cel");

  private static final int SPO2 = 150456;
  private static final int BODY_TEMPERATURE = 150364;
  private static final int TIME_REMAINING = 157916;

  private final Units units = Shipped.UNITS;
  private final UnitResolver resolver = new UnitResolver(Shipped.VOCABULARY, units);

  @Test
  void theLibraryKnowsEveryUcumUnitOfTheVocabulary() {
    var all = new HashSet<String>();
    Shipped.VOCABULARY.units().forEach(unit -> all.add(unit.ucum()));
    Shipped.VOCABULARY
        .terms()
        .forEach(
            term ->
                Stream.concat(Stream.of(term.ucum()), term.otherUcum().stream())
                    .filter(unit -> !unit.isEmpty())
                    .forEach(all::add));

    assertThat(all).hasSizeGreaterThan(40).allMatch(units::isUnit);
  }

  @Test
  void everyOtherSpellingIsTheSameUnitExactly() {
    for (UnitTerm unit : Shipped.VOCABULARY.units()) {
      for (String other : unit.otherUcum()) {
        assertThat(units.isUnit(other)).as(other).isEqualTo(!NO_UCUM.contains(other));
        assertThat(resolver.ucum(UnitText.of(other)).orElseThrow())
            .as(other)
            .satisfies(
                ucum ->
                    assertThat(units.convert(BigDecimal.ONE, ucum, unit.ucum()).orElseThrow())
                        .isEqualByComparingTo("1"));
        if (units.isUnit(other)) {
          assertThat(units.convert(BigDecimal.ONE, other, unit.ucum()).orElseThrow())
              .as("1 %s in %s", other, unit.ucum())
              .isEqualByComparingTo("1");
        }
      }
    }
  }

  @Test
  void noTextOfADeviceMeansTwoUcumUnits() {
    for (UnitTerm unit : Shipped.VOCABULARY.units()) {
      for (String text : unit.texts()) {
        assertThat(Shipped.VOCABULARY.unitsSpelled(text).stream().map(UnitTerm::ucum).distinct())
            .as(text)
            .containsExactly(unit.ucum());
        assertThat(resolver.ucum(UnitText.of(text)))
            .as(text)
            .hasValueSatisfying(
                ucum ->
                    assertThat(units.convert(BigDecimal.ONE, ucum, unit.ucum()).orElseThrow())
                        .isEqualByComparingTo("1"));
      }
    }
  }

  @Test
  void theMdcCodeIsFirstThenUcumThenTheTextOfADevice() {
    assertThat(resolver.ucum(new UnitText(266016, List.of("kPa")))).contains("mm[Hg]");
    assertThat(resolver.ucum(new UnitText(1, List.of("mmHg", "kPa")))).contains("kPa");
    assertThat(resolver.ucum(UnitText.of("mmHg"))).contains("mm[Hg]");
    assertThat(resolver.ucum(UnitText.of("MDC_DIM_SEC"))).contains("s");
    assertThat(resolver.ucum(UnitText.of("furlong"))).isEmpty();
    assertThat(resolver.ucum(UnitText.NONE)).isEmpty();
  }

  @Test
  void sixteenBitsOfAUnitAreOfPartitionFour() {
    assertThat(resolver.ucum(UnitText.of(544))).contains("%");
    assertThat(resolver.ucum(UnitText.of(262688))).contains("%");
  }

  @Test
  void remainingTimeInSecondsOrMinutesConvertsByUnitBothOccurForTheSameTerm() {
    assertThat(quantity(TIME_REMAINING, "41000", UnitText.of(264320)))
        .isEqualTo(amount("683.3333", "min", "s"));
    assertThat(quantity(TIME_REMAINING, "41", UnitText.of(264352)))
        .isEqualTo(amount("41", "min", "min"));
  }

  @ParameterizedTest
  @CsvSource({"147842, 264864", "149530, 264864", "149530, 264896", "151562, 264928"})
  void beatsPulsesAndBreathsHaveThreeMdcUnitsAndOneUcumUnitTheTermDistinguishesThem(
      int code, long unit) {
    assertThat(quantity(code, "17", UnitText.of(unit))).isEqualTo(amount("17", "/min", "/min"));
  }

  @ParameterizedTest
  @CsvSource({
    "98.6, [degF], 37",
    "98.6, {delta}[degF], 37",
    "98.6, °F, 37",
    "36.6, Cel, 36.6",
    "36.6, {delta}Cel, 36.6",
    "309.75, K, 36.6",
    "98.6, Cel, 98.6"
  })
  void bodyTemperatureIsTakenByItsUnitNeverByItsRange(String number, String unit, String celsius) {
    assertThat(quantity(BODY_TEMPERATURE, number, UnitText.of(unit)))
        .isInstanceOfSatisfying(
            Amount.class,
            amount -> {
              assertThat(amount.number()).isEqualByComparingTo(celsius);
              assertThat(amount.ucum()).isEqualTo("Cel");
            });
  }

  @Test
  void bodyTemperatureWithoutAUnitIsNotGuessed() {
    assertThat(quantity(BODY_TEMPERATURE, "98.6", UnitText.NONE)).isInstanceOf(Quarantined.class);
  }

  @Test
  void spo2AsAFractionIsScaledOnlyIfTheUnitSaysSo() {
    assertThat(quantity(SPO2, "0.97", UnitText.of("1"))).isEqualTo(amount("97", "%", "1"));
    assertThat(quantity(SPO2, "0.97", UnitText.of(262688))).isInstanceOf(Quarantined.class);
    assertThat(quantity(SPO2, "0.97", UnitText.NONE)).isInstanceOf(Quarantined.class);
    assertThat(quantity(SPO2, "97", UnitText.of("%"))).isEqualTo(amount("97", "%", "%"));
    assertThat(quantity(SPO2, "0", UnitText.of("%"))).isEqualTo(amount("0", "%", "%"));
  }

  @Test
  void otherQuantitiesInPercentMayBeBelowOne() {
    assertThat(quantity(150488, "0.97", UnitText.of("%"))).isEqualTo(amount("0.97", "%", "%"));
  }

  @ParameterizedTest
  @CsvSource({"151708, 5.1, %", "157784, 3, mg/h", "150456, 97, Cel", "150456, 97, blah"})
  void aUnitOfAnotherDimensionIsQuarantinedNotConverted(int code, String number, String unit) {
    assertThat(quantity(code, number, UnitText.of(unit))).isInstanceOf(Quarantined.class);
  }

  @ParameterizedTest
  @CsvSource({
    "157924, 5, ug/kg/min",
    "157924, 5, mg/h",
    "8454247, 4711, {steps}",
    "151780, 3, 1",
    "8454255, 90, {rpm}"
  })
  void whereATermIsSentInSeveralDimensionsTheTransmittedUnitStays(
      int code, String number, String unit) {
    assertThat(quantity(code, number, UnitText.of(unit))).isEqualTo(amount(number, unit, unit));
  }

  @Test
  void aCountNeedsNoUnit() {
    assertThat(quantity(157990, "3", UnitText.NONE)).isEqualTo(amount("3", "1", "1"));
  }

  private Quantity quantity(int code, String number, UnitText unit) {
    return resolver.quantity(Shipped.term(code), new BigDecimal(number), unit);
  }

  private static Amount amount(String number, String ucum, String sent) {
    return new Amount(new BigDecimal(number), ucum, sent);
  }
}
