package io.medtwin.twin.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.twin.document.Document;
import io.medtwin.twin.document.Problems;
import io.medtwin.twin.profile.Metric;
import io.medtwin.twin.profile.ProfileReader;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileLineTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "heart-rate | 71 | /min | heartRate: { from: heart-rate, code: 147842, unit: /min, kind:"
            + " numeric } # MDC_ECG_HEART_RATE",
        "heartRate | 71 | bpm | heartRate: { from: heartRate, code: 147842, unit: /min, kind:"
            + " numeric } # and units: { bpm: /min }; MDC_ECG_HEART_RATE",
        "spo2 | 97 | % | spo2: { from: spo2, code: 150456, unit: \"%\", kind: numeric } #"
            + " MDC_PULS_OXIM_SAT_O2",
        "temp | 98.6 | [degF] | temperature: { from: temp, code: 150344, unit: Cel, kind: numeric }"
            + " # MDC_TEMP",
        "150021 | 120 | mm[Hg] | nibpSystolic: { from: \"150021\", code: 150021, unit: \"mm[Hg]\","
            + " kind: numeric } # MDC_PRESS_BLD_NONINV_SYS",
        "mdc-150021 | 120 | mm[Hg] | nibpSystolic: { from: mdc-150021, code: 150021, unit:"
            + " \"mm[Hg]\", kind: numeric } # MDC_PRESS_BLD_NONINV_SYS",
        "mdc-157784-in-70071 | 3.6 | mL/h | programmedFlowRate: { from: mdc-157784-in-70071, code:"
            + " 157784, unit: mL/h, kind: setting } # MDC_FLOW_FLUID_PUMP",
        "MDC_PULS_OXIM_SAT_O2 | 97 | % | spo2: { from: MDC_PULS_OXIM_SAT_O2, code: 150456, unit:"
            + " \"%\", kind: numeric }",
        "MDC_PUMP_INFUSING_STATUS | pump-status-infusing | '' | infusingStatus: { from:"
            + " MDC_PUMP_INFUSING_STATUS, code: 184519, kind: enum }",
        "MDC_TEMP_SKIN | 33 | Cel | skinTemperature: { from: MDC_TEMP_SKIN, code: 150388, unit:"
            + " Cel, kind: numeric } # code from a single source, to be confirmed",
        "vtbi | 50 | mL | volumeToBeInfused: { from: vtbi, code: 157884, unit: mL, kind: setting }"
            + " # MDC_VOL_FLUID_TBI",
        "steps | 4711 | {steps} | distanceStridesOrSteps: { from: steps, code: 8454247, unit:"
            + " \"{steps}\", kind: numeric } # MDC_HF_DISTANCE; code from a single source, to be"
            + " confirmed",
      })
  void aKnownParameterGetsItsCode(String parameter, String value, String unit, String line) {
    assertThat(suggest(parameter, value, unit)).isEqualTo(line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "heart-rate | 71 | mL | heartRate: { from: heart-rate, unit: mL, kind: numeric }",
        "quux_7 | 3 | '' | quux7: { from: quux_7, unit: \"1\", kind: numeric }",
        "status | standby | '' | status: { from: status, kind: text }",
        "7up | x | '' | value7up: { from: \"7up\", kind: text }",
        "spo2 | 97 | furlong | spo2: { from: spo2, unit: \"furlong\", kind: numeric } # \"furlong\""
            + " is no unit that we know: say it under units",
        "MDC_PULS_OXIM_SAT_O2 | off | '' | mdcPulsOximSatO2: { from: MDC_PULS_OXIM_SAT_O2, kind:"
            + " text }",
      })
  void whereNothingShowsWhatItIsThereIsNoCode(
      String parameter, String value, String unit, String line) {
    assertThat(suggest(parameter, value, unit).replace("unit: furlong", "unit: \"furlong\""))
        .isEqualTo(line);
  }

  @ParameterizedTest
  @CsvSource({
    "heart-rate, 71, /min",
    "a: b } # c, 1, '{x} \"q\"'",
    "'back\\slash \"quoted\"', x, ''",
    "'true', 97, %",
    "'-', 1, '[in_i]'",
    "'two\nlines', 1, 'a\nb'"
  })
  void whatIsPastedIsReadAsItWasMeant(String parameter, String value, String unit) {
    var problems = new Problems();
    var profile =
        ProfileReader.read(
            Document.parse(
                    "pasted.yaml",
                    """
                    profile: pasted
                    version: 1.0.0
                    manufacturer: ACME
                    model: T1
                    class: test
                    driver: test
                    channels:
                      channel-1:
                        %s
                    """
                        .formatted(suggest(parameter, value, unit)),
                    problems)
                .orElseThrow());

    assertThat(problems.list()).isEmpty();
    assertThat(profile.metrics()).hasSize(1);
    assertThat(Objects.requireNonNull(profile.metric(parameter)).kind())
        .isIn(Metric.Kind.NUMERIC, Metric.Kind.TEXT);
  }

  @Test
  void everyTermSuggestsALineThatTheCheckAccepts() {
    for (Term term : Shipped.VOCABULARY.terms()) {
      if (term.kind() == Term.Kind.NUMERIC || term.kind() == Term.Kind.SETTING) {
        assertThat(suggest(term.refid(), "1", term.ucum().isEmpty() ? "1" : term.ucum()))
            .as(term.refid())
            .matches("[a-z][A-Za-z0-9]*: \\{ from: .*");
      }
    }
  }

  private static String suggest(String parameter, String value, String unit) {
    return Shipped.VOCABULARY.suggestLine(parameter, value, unit, Shipped.UNITS);
  }
}
