package io.medtwin.twin.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.twin.vocabulary.Resolution.By;
import io.medtwin.twin.vocabulary.Resolution.Flag;
import io.medtwin.twin.vocabulary.Resolution.Private;
import io.medtwin.twin.vocabulary.Resolution.Quarantined;
import io.medtwin.twin.vocabulary.Resolution.Resolved;
import io.medtwin.twin.vocabulary.TermQuery.Context;
import io.medtwin.twin.vocabulary.TermQuery.Message;
import io.medtwin.twin.vocabulary.TermQuery.Shape;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TermResolverTest {

  private static final Context OBSERVATION = Context.of(Message.OBSERVATION);
  private static final Context ALERT = Context.of(Message.ALERT);
  private static final Context PERSONAL = Context.of(Message.PERSONAL_HEALTH);

  private final TermResolver resolver = new TermResolver(Shipped.VOCABULARY, Shipped.UNITS);

  @Test
  void theNumberDecidesNotTheName() {
    assertThat(number("147842", "MDC_ECG_HEART_RATE")).isEqualTo(resolved(147842, By.CODE));
    assertThat(number("147842", "MDC_ECG_CARD_BEAT_RATE")).isEqualTo(resolved(147842, By.CODE));
    assertThat(number("147842", "")).isEqualTo(resolved(147842, By.CODE));
    assertThat(number("147842", "HEART_RATE_OF_OURS"))
        .isEqualTo(resolved(147842, By.CODE, Flag.OTHER_NAME));
  }

  @Test
  void code0OrAnUnknownNumberUsesTheRefidThroughTheAliases() {
    assertThat(number("0", "MDC_PULS_OXIM_SAT_O2")).isEqualTo(resolved(150456, By.NAME));
    assertThat(number("", "MDC_PULS_OXIM_SAT_O2")).isEqualTo(resolved(150456, By.NAME));
    assertThat(object("0", "MDC_DEV_PUMP_INFUSATE_SOURCE_PRIMARY"))
        .isEqualTo(resolved(70071, By.NAME));
    assertThat(number("150999", "MDC_PULS_OXIM_SAT_O2"))
        .isEqualTo(resolved(150456, By.NAME, Flag.UNKNOWN_NUMBER));
  }

  @Test
  void whatNeitherNumberNorNameKnowsIsQuarantinedWithASuggestion() {
    assertThat(number("0", "MDC_PULS_OXIM_SAT_02"))
        .isInstanceOfSatisfying(
            Quarantined.class,
            quarantined -> assertThat(quarantined.why()).contains("MDC_PULS_OXIM_SAT_O2\"?"));
    assertThat(number("150999", "")).isInstanceOf(Quarantined.class);
  }

  @Test
  void aPlethWaveLabelledWithTheSpo2CodeIsDecidedByKind() {
    assertThat(
            resolver.resolve(
                query("150456", "MDC_PULS_OXIM_PLETH", Shape.SAMPLES, UnitText.NONE, OBSERVATION)))
        .isEqualTo(resolved(150452, By.KIND_AND_UNIT, Flag.CONFLICT));
  }

  @Test
  void numberAndNameThatDifferAreDecidedByTheUnit() {
    assertThat(
            resolver.resolve(
                query(
                    "149530", "MDC_PULS_OXIM_SAT_O2", Shape.NUMBER, UnitText.of("%"), OBSERVATION)))
        .isEqualTo(resolved(150456, By.KIND_AND_UNIT, Flag.CONFLICT));
  }

  @Test
  void numberAndNameThatBothFitOrNeitherAreQuarantined() {
    assertThat(number("150021", "MDC_PRESS_BLD_NONINV_DIA"))
        .isInstanceOfSatisfying(
            Quarantined.class, both -> assertThat(both.why()).contains("both fit"));
    assertThat(
            resolver.resolve(
                query(
                    "150021",
                    "MDC_PRESS_BLD_NONINV_DIA",
                    Shape.NUMBER,
                    UnitText.of("mL"),
                    OBSERVATION)))
        .isInstanceOfSatisfying(
            Quarantined.class, neither -> assertThat(neither.why()).contains("neither fits"));
  }

  @Test
  void bare16BitCodesNeedThePartitionFromTheContext() {
    assertThat(resolve("18949", "", Shape.NUMBER, PERSONAL))
        .isEqualTo(resolved(150021, By.CODE, Flag.BARE_CODE));
    assertThat(resolve("2327", "", Shape.NUMBER, OBSERVATION)).isInstanceOf(Quarantined.class);
    assertThat(resolve("4262", "", Shape.NUMBER, OBSERVATION)).isInstanceOf(Quarantined.class);
    assertThat(resolve("2327", "", Shape.NUMBER, OBSERVATION.withPartition(1)))
        .isEqualTo(resolved(67863, By.CODE, Flag.BARE_CODE));
    assertThat(resolve("2327", "MDC_ATTR_NU_MSMT_RES", Shape.NUMBER, OBSERVATION))
        .isEqualTo(resolved(67863, By.NAME, Flag.BARE_CODE));
    assertThat(resolve("2328", "MDC_ATTR_NU_MSMT_RES", Shape.NUMBER, OBSERVATION))
        .isInstanceOf(Quarantined.class);
  }

  @ParameterizedTest
  @CsvSource({"192512", "196607", "67108865"})
  void privateTermsAreKeptUnderTheirMakerNeverMappedByNumber(String code) {
    var acme = OBSERVATION.from("ACME  Medical", "M1");

    assertThat(resolve(code, "MDC_PULS_OXIM_SAT_O2", Shape.NUMBER, acme))
        .isInstanceOfSatisfying(
            Private.class, own -> assertThat(own.key()).isEqualTo("private/acme-medical/" + code));
    assertThat(resolve(code, "MDC_PULS_OXIM_SAT_O2", Shape.NUMBER, OBSERVATION))
        .isInstanceOf(Quarantined.class);
  }

  @Test
  void aCodeOfAMakersOwnSystemIsNoMdcCode() {
    var query =
        new TermQuery(
            "99MNDRY",
            "150456",
            "MNDRY_X",
            Shape.NUMBER,
            UnitText.NONE,
            OBSERVATION.from("MINDRAY", "eGateway"));

    assertThat(resolver.resolve(query))
        .isEqualTo(new Private("MINDRAY", "eGateway", "150456", "MNDRY_X"));
  }

  @Test
  void codesOfAnotherSystemTranslateOnlyThroughTheLoincColumn() {
    assertThat(loinc("8889-8")).isEqualTo(resolved(149530, By.LOINC));
    assertThat(loinc("8867-4"))
        .as("one published pairing beside others by name")
        .isEqualTo(resolved(147842, By.LOINC));
    assertThat(loinc("8634-8")).isEqualTo(resolved(147232, By.LOINC, Flag.LOINC_UNCONFIRMED));
    assertThat(loinc("9279-1")).as("five terms by name").isInstanceOf(Quarantined.class);
    assertThat(loinc("150456")).isInstanceOf(Quarantined.class);
    assertThat(
            resolver.resolve(
                new TermQuery("SCT", "150456", "", Shape.NUMBER, UnitText.NONE, OBSERVATION)))
        .isInstanceOf(Quarantined.class);
  }

  @ParameterizedTest
  @CsvSource({
    "68164, 68480",
    "68165, 68481",
    "68166, 68482",
    "68167, 68483",
    "68168, 68484",
    "68169, 68485"
  })
  void alertFacets68164To68169AreDecidedByMessageType(String older, int facet) {
    assertThat(resolve(older, "", Shape.WORD, ALERT))
        .isEqualTo(resolved(facet, By.CODE, Flag.OLDER_CODE));
    assertThat(resolve(older, Shipped.term(facet).refid(), Shape.WORD, PERSONAL))
        .isInstanceOf(Quarantined.class);
    assertThat(resolve(older, "", Shape.WORD, OBSERVATION)).isInstanceOf(Quarantined.class);
  }

  @ParameterizedTest
  @CsvSource({"684800, 68480", "684810, 68481", "684850, 68485"})
  void the684800TypingErrorIsAcceptedOnlyInAnAlertAndFlagged(String typed, int facet) {
    assertThat(resolve(typed, "", Shape.WORD, ALERT))
        .isEqualTo(resolved(facet, By.CODE, Flag.TYPING_ERROR));
    for (Message message : Message.values()) {
      if (message != Message.ALERT) {
        assertThat(resolve(typed, Shipped.term(facet).refid(), Shape.WORD, Context.of(message)))
            .as(message.name())
            .isInstanceOf(Quarantined.class);
      }
    }
  }

  @Test
  void code131331IsEcgLeadV1LeadIIIIsAnotherCode() {
    assertThat(resolve("131331", "", Shape.SAMPLES, OBSERVATION))
        .isInstanceOfSatisfying(
            Resolved.class, lead -> assertThat(lead.term().label()).isEqualTo("ECG lead V1"));
    assertThat(resolve("0", "MDC_ECG_ELEC_POTL_III", Shape.SAMPLES, OBSERVATION))
        .isEqualTo(resolved(131389, By.NAME));
    assertThat(resolve("131331", "MDC_ECG_ELEC_POTL_III", Shape.SAMPLES, OBSERVATION))
        .as("both are waves in mV")
        .isInstanceOf(Quarantined.class);
  }

  @Test
  void code196670IsALowLimitEventThatAnIntegrationUsesAsAGenericAlarm() {
    assertThat(resolve("196670", "MDC_EVT_LO", Shape.WORD, ALERT))
        .isEqualTo(resolved(196670, By.CODE, Flag.REUSED));
    assertThat(resolve("196670", "MDC_EVT_ALARM", Shape.WORD, ALERT))
        .as("a known name that says otherwise")
        .isInstanceOf(Quarantined.class);
  }

  @Test
  void theSameRefidIs126978And70067ThePre2013AndTheCurrentPumpDeliveryChannel() {
    var name = "MDC_DEV_PUMP_INFUS_CHAN_DELIVERY";

    assertThat(object("126978", name)).isEqualTo(resolved(126978, By.CODE));
    assertThat(object("70067", name)).isEqualTo(resolved(70067, By.CODE));
    assertThat(object("0", name))
        .isInstanceOfSatisfying(
            Quarantined.class,
            either -> assertThat(either.why()).contains("126978").contains("70067"));
  }

  @Test
  void code157784IsTheActualRateInOlderMessagesAndTheProgrammedOneInNewerOnes() {
    var older = Shipped.VOCABULARY.edition(List.of(126978, 157784, 184508));
    var newer = Shipped.VOCABULARY.edition(List.of(70067, 158014, 157784));

    assertThat(resolve("157784", "MDC_FLOW_FLUID_PUMP", Shape.NUMBER, OBSERVATION.with(older)))
        .isEqualTo(resolved(158014, By.CODE, Flag.OLDER_MEANING));
    assertThat(resolve("157784", "MDC_FLOW_FLUID_PUMP", Shape.NUMBER, OBSERVATION.with(newer)))
        .isEqualTo(resolved(157784, By.CODE));
    assertThat(Shipped.VOCABULARY.edition(List.of(126978, 158014))).isEqualTo(Edition.CURRENT);
  }

  @Test
  void theTwoTermsOfEndTidalCo2BecomeOne() {
    assertThat(number("151728", "MDC_AWAY_CO2_ET"))
        .isEqualTo(resolved(151708, By.CODE, Flag.REPLACED));
  }

  @Test
  void aUnitOfAnotherDimensionQuarantinesTheRow() {
    assertThat(
            resolver.resolve(query("151708", "", Shape.NUMBER, UnitText.of(262688), OBSERVATION)))
        .as("end-tidal CO2 in percent is another quantity")
        .isInstanceOf(Quarantined.class);
    assertThat(
            resolver.resolve(query("8454247", "", Shape.NUMBER, UnitText.of(268800), OBSERVATION)))
        .as("a step count")
        .isEqualTo(resolved(8454247, By.CODE));
  }

  @Test
  void aValueOfAnotherKindIsFlaggedAndAWavesMeanIsNot() {
    assertThat(resolve("150456", "", Shape.WORD, OBSERVATION))
        .isEqualTo(resolved(150456, By.CODE, Flag.OTHER_KIND));
    assertThat(resolve("150032", "", Shape.NUMBER, OBSERVATION))
        .isEqualTo(resolved(150032, By.CODE));
  }

  @ParameterizedTest
  @EnumSource(Message.class)
  void noNumberIsTooLargeTooSmallOrNoNumber(Message message) {
    for (String code :
        List.of("-1", "9223372036854775807", "99999999999999999999", "0x24BD8", "4294967296")) {
      assertThat(resolve(code, "", Shape.NUMBER, Context.of(message)))
          .as(code)
          .isInstanceOf(Quarantined.class);
    }
  }

  private Resolution number(String code, String name) {
    return resolve(code, name, Shape.NUMBER, OBSERVATION);
  }

  private Resolution object(String code, String name) {
    return resolve(code, name, Shape.NONE, OBSERVATION);
  }

  private Resolution resolve(String code, String name, Shape shape, Context context) {
    return resolver.resolve(query(code, name, shape, UnitText.NONE, context));
  }

  private Resolution loinc(String code) {
    return resolver.resolve(
        new TermQuery("LN", code, "", Shape.NUMBER, UnitText.NONE, OBSERVATION));
  }

  private static TermQuery query(
      String code, String name, Shape shape, UnitText unit, Context context) {
    return new TermQuery("MDC", code, name, shape, unit, context);
  }

  private static Resolved resolved(int code, By by, Flag... flags) {
    return new Resolved(Shipped.term(code), by, Set.of(flags));
  }
}
