package io.medtwin.driver.jsonfields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.driver.jsonfields.FieldSyntaxException.Problem;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldMapTest {

  @Test
  void commentsAndEmptyLinesAreSkipped() throws FieldSyntaxException {
    assertThat(FieldMap.parse("\n  # spo2\n\nspo2<-$.spo2 unit=%\n").fields()).hasSize(1);
  }

  @Test
  void everyProblemTellsItsLine() {
    assertThatThrownBy(
            () ->
                FieldMap.parse(
                    """
                    spo2 <- $.spo2
                    heart-rate <- $.hr unit=/min
                    Temp <- $.t unit=Cel
                    x <- spo2 unit=1
                    """))
        .isInstanceOfSatisfying(
            FieldSyntaxException.class,
            e -> assertThat(e.problems()).extracting(Problem::line).containsExactly(1, 3, 4))
        .hasMessageContaining("line 1: a number needs unit=")
        .hasMessageContaining("line 4: expected a path");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spo2 $.spo2 unit=%",
        "spo2 <- $.spo2 unit=% unit=1",
        "spo2 <- $.spo2 unit=% colour=red",
        "spo2 <- $.spo2 unit=% zero=maybe",
        "spo2 <- $.spo2 unit=% scale=x",
        "spo2 <- $.spo2 unit=% scale=1e999999999",
        "spo2 <- $.spo2 unit=% decimals=99",
        "spo2 <- $.spo2 unit=% decimals=1.5",
        "spo2 <- $.spo2 unit=% if=$.type",
        "spo2 <- $.spo2 unit=% stray",
        "spo2 <- $.spo2 unit=\"% zero=absent",
        "spo2 <- $.a[x] unit=%",
        "spo2 <- $.spo2 as=picture",
        "spo2 <- $.spo2 as=text unit=%",
        "spo2 more <- $.spo2 unit=%",
        "alert <- $.sos",
        "alert sos now <- $.sos",
        "alert sos <- $.sos priority=urgent",
        "event <- $.sos",
        "identity owner <- $.owner",
        "time <- $.t format=julian",
        "time <- $.t format=iso pattern=yyyy",
        "time <- $.t format=local pattern=QQQQQQ",
        "device <- $.mac form=short",
        "spo2 <- $.spo2 unit=$.u units=mmHg",
      })
  void aLineThatDoesNotParseIsAProblem(String line) {
    assertThatThrownBy(() -> FieldMap.parse(line)).isInstanceOf(FieldSyntaxException.class);
  }

  @Property
  void anyTextIsAListOrAListOfProblems(@ForAll String text) {
    parseOrProblems(text);
    parseOrProblems("spo2 <- $.spo2 unit=% " + text);
    parseOrProblems("spo2 <- " + text);
  }

  private static void parseOrProblems(String text) {
    try {
      assertThat(FieldMap.parse(text).fields()).isNotNull();
    } catch (FieldSyntaxException e) {
      assertThat(e.problems()).isNotEmpty();
    }
  }
}
