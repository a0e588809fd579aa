package io.medtwin.twin.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.twin.document.Problem;
import io.medtwin.twin.document.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VocabularyTest {

  private final Vocabulary vocabulary = Shipped.VOCABULARY;

  @Test
  void whatShipsIsReadWhole() {
    assertThat(vocabulary.terms()).hasSize(228 + 37);
    assertThat(vocabulary.units()).hasSize(50);
    assertThat(vocabulary.words()).hasSize(79);
  }

  @Test
  void everyTermHasAUnitThatTheUnitsKnowBothWays() {
    assertThat(vocabulary.terms())
        .filteredOn(term -> !term.mdcUnit().isEmpty())
        .hasSizeGreaterThan(100)
        .allSatisfy(
            term ->
                assertThat(vocabulary.unitsSpelled(term.mdcUnit()))
                    .as(term.refid())
                    .singleElement()
                    .extracting(UnitTerm::ucum)
                    .isEqualTo(term.ucum()));
  }

  @Test
  void aTermIsFoundByCodeByRefidAndByAlias() {
    var heartRate = Shipped.term(147842);

    assertThat(heartRate.partition()).isEqualTo(2);
    assertThat(heartRate.termCode()).isEqualTo(16770);
    assertThat(vocabulary.named("MDC_ECG_HEART_RATE")).containsExactly(heartRate);
    assertThat(vocabulary.named("MDC_ECG_CARD_BEAT_RATE")).containsExactly(heartRate);
    assertThat(vocabulary.term(147842L + (1L << 32))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "mean arterial, MDC_PRESS_BLD_ART_MEAN",
    "arterial mean abp, MDC_PRESS_BLD_ART_ABP_MEAN",
    "spo2, MDC_PULS_OXIM_SAT_O2",
    "heart rate, MDC_ECG_HEART_RATE",
    "HR, MDC_ECG_HEART_RATE",
    "59408-5, MDC_PULS_OXIM_SAT_O2",
    "150456, MDC_PULS_OXIM_SAT_O2",
    "mdc_ecg_card_beat_rate, MDC_ECG_HEART_RATE",
    "MDC_RATIO_MASS, MDC_RATIO_MASS_BODY_LEN_SQ",
    "body temp, MDC_TEMP_BODY",
    "etco2, MDC_CONC_AWAY_CO2_ET",
    "nibp sys, MDC_PRESS_BLD_NONINV_SYS",
    "occlusion, MDC_EVT_FLUID_LINE_OCCL",
    "syringe pump, MDC_DEV_PUMP_INFUS_SYRINGE_MDS"
  })
  void theBestFitIsFoundFirst(String question, String refid) {
    assertThat(vocabulary.find(question, 5).getFirst())
        .isInstanceOfSatisfying(Term.class, term -> assertThat(term.refid()).isEqualTo(refid));
  }

  @Test
  void unitsAndWordsOfEnumerationsAreFoundToo() {
    assertThat(vocabulary.find("mmHg", 5).getFirst())
        .isInstanceOfSatisfying(
            UnitTerm.class, unit -> assertThat(unit.ucum()).isEqualTo("mm[Hg]"));
    assertThat(vocabulary.find("keep vein open delivery", 5))
        .filteredOn(EnumWord.class::isInstance)
        .extracting(entry -> ((EnumWord) entry).token())
        .contains("pump-delivery-status-kvo");
  }

  @Test
  void aWordThatNothingHasFindsNothingAndAMistypedOneASuggestion() {
    assertThat(vocabulary.find("arterial xyzzy", 5)).isEmpty();
    assertThat(vocabulary.find(" - ", 5)).isEmpty();
    assertThat(vocabulary.suggestionFor("xyzzyxyzzy")).isEmpty();
    assertThat(vocabulary.suggestionFor("saturaton")).isEqualTo("; did you mean \"saturation\"?");
    assertThat(vocabulary.suggestionFor("mean artreial")).isEqualTo("; did you mean \"arterial\"?");
    assertThat(vocabulary.suggestionFor("temperatur")).isEqualTo("; did you mean \"temperature\"?");
    assertThat(vocabulary.suggestionFor("MDC_PULS_OXIM_SAT_02"))
        .isEqualTo("; did you mean \"MDC_PULS_OXIM_SAT_O2\"?");
  }

  @Test
  void aSearchGivesNoMoreThanItIsAskedFor() {
    assertThat(vocabulary.find("mdc", 7)).hasSize(7);
    assertThat(vocabulary.find("mdc", 10_000)).hasSize(Vocabulary.FIND_LIMIT);
  }

  @Test
  void everythingWrongInTheFilesIsToldWithItsLine(@TempDir Path folder) throws IOException {
    for (String name : List.of("objects.csv", "units.csv", "enums.csv")) {
      Files.copy(Shipped.FOLDER.resolve(name), folder.resolve(name));
    }
    var rows = Files.readAllLines(Shipped.FOLDER.resolve("terms.csv"));
    Files.write(
        folder.resolve("terms.csv"),
        List.of(
            rows.get(0),
            rows.get(1),
            rows.get(1),
            "0,MDC_X,x,numeric,monitor,,,,,,,,,,,1,RTMMS,",
            "150456,MDC_X,x,numerc,monitor,,,,,,,,,,,1,RTMMS,",
            "150457,MDC_X,x,numeric,monitor,,,,,,,,,,,2,RTMMS,",
            "150458,MDC_X,x,numeric,monitor,m,,MDC_DIM_FURLONG,,,,,,,,1,RTMMS,"));
    var problems = new Problems();

    var vocabulary = Vocabulary.read(folder, problems);

    assertThat(problems.list())
        .extracting(Problem::line, Problem::message)
        .satisfiesExactlyInAnyOrder(
            problem -> assertThat(problem.toList()).contains(3).last().asString().contains("twice"),
            problem ->
                assertThat(problem.toList()).contains(4).last().asString().contains("got \"0\""),
            problem ->
                assertThat(problem.toList())
                    .contains(5)
                    .last()
                    .asString()
                    .contains("got \"numerc\""),
            problem ->
                assertThat(problem.toList())
                    .contains(6)
                    .last()
                    .asString()
                    .contains("source_count is 2"),
            problem ->
                assertThat(problem.toList())
                    .contains(7)
                    .last()
                    .asString()
                    .contains("MDC_DIM_FURLONG"),
            problem ->
                assertThat(problem.toList())
                    .contains(0)
                    .last()
                    .asString()
                    .contains("cannot be read"));
    assertThat(vocabulary.term(67846)).as("the good row").isPresent();
  }
}
