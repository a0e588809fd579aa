package io.medtwin.driver.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a declaration may say, and what its author is told. */
class DeclarationTest {

  @Test
  void allProblemsAreToldTogetherWithTheirLines() {
    assertThatThrownBy(
            () ->
                Declaration.parse(
                    """
                    spo2 <- word 1 unit=%
                    # a comment
                    line data like="*" wrong=1
                    line more
                    spo2 <- word 1
                    pulse <- wort 2 unit=/min
                    """,
                    Grammar.LINES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line 1: expected \"line <name>\" before the first field")
        .hasMessageContaining("line 3: unknown option wrong")
        .hasMessageContaining("line 5: a number needs unit=")
        .hasMessageContaining("line 6: expected columns, words, items, key, part or line");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "spo2 <- columns 0-3 unit=%; expected place 1 to 4096",
        "spo2 <- columns 5-3 unit=%; a range that grows",
        "spo2 <- word 1 unit=% unit=%; stands twice",
        "Spo2 <- word 1 unit=%; lower case letters",
        "alert <- word 1; expected a word behind alert",
        "alert a b <- word 1; expected 2 words",
        "alert a <- word 1 has=A bits=1; not both",
        "flag wrong <- word 1; unknown word",
        "spo2 <- u8 1 unit=%; expected columns",
        "spo2 <- word 1 as=wave rate=1; a wave needs whole integers",
        "spo2 <- word 1 unit=% decimals=13; expected decimals= 0 to 12",
        "spo2 <- word 1 unit=% scale=x; expected scale=number",
        "time <- word 1 pattern=\"{\"; reserved",
        "spo2 <- word 1 unit=\"%; closing quote"
      })
  void aFieldThatMakesNoSenseIsRefused(String field, String told) {
    assertThatThrownBy(() -> Declaration.parse("line a\n" + field, Grammar.LINES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line 2: ")
        .hasMessageContaining(told);
  }

  @Test
  void aFieldBeyondAFixedLengthIsRefused() {
    assertThatThrownBy(
            () -> Declaration.parse("frame a length=4\nspo2 <- u16le 3 unit=%", Grammar.FRAMES))
        .hasMessageContaining("line 1: a has a field beyond its length of 4 octets");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@irun\\r\\n",
        "@wrun\\r",
        "@stp\\r",
        "@civolume\\r",
        "RUN\\r",
        "00STP\\r",
        "PUR\\r",
        "RAT15.00MH\\r",
        "RAT 15\\r",
        "@irate 10 ml/hr\\r\\n",
        "[PRIRATE=12]",
        "[BOLST]",
        "VER\\rRUN\\r",
        "\\x021RZ",
        "\\x1BC",
        "CLDINF\\r",
        "RESET\\r"
      })
  void aRequestThatCouldActIsRefused(String request) {
    assertThatThrownBy(() -> Declaration.parse("line a ask=\"" + request + "\"", Grammar.LINES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ask=");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@poll on\\r\\n",
        "@irate\\r\\n",
        "VER\\r",
        "\\r",
        "01DIS\\r",
        "[STATUS?]",
        "?\\r"
      })
  void aQuestionIsTaken(String request) {
    assertThat(Declaration.parse("line a ask=\"" + request + "\"", Grammar.LINES).asked())
        .hasSize(1);
  }

  @Test
  void aFrameNeedsALengthAndSomethingToBeFoundBy() {
    assertThatThrownBy(() -> FrameLayout.parse("end 03"))
        .hasMessageContaining("expected a line \"length")
        .hasMessageContaining("expected a line \"sync");
    assertThatThrownBy(() -> FrameLayout.parse("sync 0A XX\nlength 0\nchecksum sum9"))
        .hasMessageContaining("line 1: expected at most 32 octets such as 0A")
        .hasMessageContaining("line 2: expected length 1 to 4096, got 0")
        .hasMessageContaining("line 3: expected a checksum of sum8");
  }
}
