package io.medtwin.driver.declared;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shapes of lines. */
class LinePictureTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "##:##:## *; 07:18:43   99; 99",
        "##@I*W*ML; 00II0.974W0.959ML; 0.974 0.959",
        "N-* VERSION * CRC:*; N-560    VERSION 1.56.00    CRC:XXXX; 560 1.56.00 XXXX",
        "*SAT-S; ADULT 0SAT-S; ADULT 0",
        "##A\\?*; 00A?R; R",
        "*a*a; banana; b nan"
      })
  void aStarStandsForWhatIsBetween(String picture, String line, String parts) {
    assertThat(LinePicture.parse(picture).match(line))
        .hasValueSatisfying(found -> assertThat(String.join(" ", found)).isEqualTo(parts));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "##:##:## *; 7:18:43 99",
        "##:##:## *; 07:18:43",
        "abc; abcd",
        "abc; ab",
        "##@; 00",
        "A\\**; AB",
        "*ML; 0.9UL"
      })
  void anotherShapeIsNotTaken(String picture, String line) {
    assertThat(LinePicture.parse(picture).match(line)).isEmpty();
  }

  /** What makes a backtracking expression take longer than the world lasts. */
  @Test
  void aHostileLineCostsLittle() {
    var picture = LinePicture.parse("*a *a *a *a *a *a *a *a *a *a *a *a *a *a *a *b");
    var line = "a ".repeat(2048);

    var parts =
        Assertions.assertTimeoutPreemptively(
            Duration.ofSeconds(20), () -> picture.match(line).orElse(List.of()));

    assertThat(parts).isEmpty();
  }
}
