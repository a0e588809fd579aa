package io.medtwin.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTest {

  private static final Setting<Duration> PERIOD =
      Setting.duration(
          "pollPeriod",
          Duration.ofSeconds(1),
          Duration.ofMillis(200),
          Duration.ofHours(1),
          "Time from poll to poll");

  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "5s, PT5S",
    "2min, PT2M",
    "1h, PT1H",
    "' 5 s ', PT5S",
    "PT1M30S, PT1M30S"
  })
  void aTimeSpanIsReadInEveryForm(String text, Duration expected) {
    assertThat(PERIOD.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"199ms", "61min", "5", "soon", "", "-1s", "99999999999999999999s"})
  void aTimeSpanOutOfBoundsOrUnreadableIsRefusedWithTheBounds(String text) {
    assertThatThrownBy(() -> PERIOD.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pollPeriod")
        .hasMessageContaining("PT0.2S to PT1H")
        .hasMessageContaining("\"" + text + "\"");
  }

  @Test
  void numbersKeepTheirBounds() {
    var whole = Setting.integer("count", 3, 1, 10, "1", "How many");
    var decimal =
        Setting.decimal(
            "limit", BigDecimal.ONE, BigDecimal.ZERO, BigDecimal.TEN, "ml/h", "How much");

    assertThat(whole.parse(" 10 ")).isEqualTo(10);
    assertThat(decimal.parse("0.50")).isEqualTo(new BigDecimal("0.50"));
    for (var text : List.of("0", "11", "2.5", "x")) {
      assertThatThrownBy(() -> whole.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> decimal.parse("10.01")).hasMessageContaining("0 to 10 ml/h");
  }

  @Test
  void wordsAreTakenExactlyAndFlagsInAnyCase() {
    var choice = Setting.choice("format", "2", List.of("2", "7"), "Data format");
    var flag = Setting.flag("pollVtbi", false, "Whether to ask");

    assertThat(choice.parse(" 7")).isEqualTo("7");
    assertThatThrownBy(() -> choice.parse("8")).hasMessageContaining("one of [2, 7]");
    assertThat(flag.parse("TRUE")).isTrue();
    assertThatThrownBy(() -> flag.parse("yes")).hasMessageContaining("true or false");
  }

  @Test
  void aLanguageOfTheDriversOwnExplainsWhatIsWrongWithoutRepeatingTheText() {
    var pair =
        Setting.parsed(
            "pair",
            List.of(),
            "two words",
            "Which two",
            text -> {
              var words = List.of(text.split(" "));
              if (words.size() != 2) {
                throw new IllegalArgumentException("line 1: " + words.size() + " words");
              }
              return words;
            });

    assertThat(pair.parse("a b")).isEqualTo(List.of("a", "b"));
    assertThatThrownBy(() -> pair.parse("a b c"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("setting pair: expected two words; line 1: 3 words");
  }

  @Test
  void aNameThatConfigurationCannotHoldIsRefused() {
    assertThatThrownBy(() -> Setting.text("poll-period", "", "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
