package io.medtwin.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BrokenDriversTest {

  static Stream<Selftest> broken() {
    return Selftest.broken().stream();
  }

  static Stream<Selftest> sound() {
    return Selftest.sound().stream();
  }

  @ParameterizedTest
  @MethodSource("broken")
  void aDefectBreaksItsRuleBeforeAnyOther(Selftest broken) {
    assertThat(broken.firstBroken())
        .as(broken.what())
        .hasValueSatisfying(rule -> assertThat(rule.rule()).isEqualTo(broken.rule()));
  }

  @ParameterizedTest
  @MethodSource("sound")
  void aSoundDriverBreaksNone(Selftest sound) {
    assertThat(sound.firstBroken()).as(sound.what()).isEmpty();
  }

  @Test
  void thereAreTwentyDefectsAtLeastAndOneForEachRuleBelowPlatinum() {
    assertThat(Selftest.broken()).hasSizeGreaterThanOrEqualTo(20);
    assertThat(Selftest.broken().stream().map(Selftest::rule))
        .contains(
            Stream.of(Rule.values())
                .filter(rule -> rule.grade() != Grade.PLATINUM)
                .toArray(Rule[]::new));
  }
}
