package io.medtwin.transports.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicPatternTest {

  @ParameterizedTest
  @CsvSource({
    "med/v1/+/{device}/telemetry/#, med/v1/icu/watch-7/telemetry/pack, watch-7",
    "med/v1/+/{device}/telemetry/#, med/v1/icu/watch-7/telemetry, watch-7",
    "{device}/status, AA:BB/status, AA:BB",
    "watch-{device}, watch-7, 7",
    "a/x{device}y/b, a/x12y/b, 12"
  })
  void aTopicTellsItsDevice(String pattern, String topic, String device) {
    assertThat(TopicPattern.parse(pattern).match(topic)).isEqualTo(new TopicPattern.Match(device));
  }

  @ParameterizedTest
  @CsvSource({
    "med/v1/+/{device}/telemetry/#, med/v1/icu/watch-7/status",
    "med/v1/+/{device}/telemetry/#, med/v1/icu/telemetry/x",
    "a/+, a/b/c",
    "a/+, a",
    "watch-{device}, watch-",
    "x{device}x, x",
    "#, $SYS/broker/uptime",
    "+/x, $SYS/x"
  })
  void aTopicOfAnotherShapeDoesNotMatch(String pattern, String topic) {
    assertThat(TopicPattern.parse(pattern).match(topic)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "med/v1/+/{device}/telemetry/#, med/v1/+/+/telemetry/#",
    "watch-{device}/x, +/x",
    "#, #",
    "a/b, a/b"
  })
  void theFilterHasAWildcardWhereTheDeviceStands(String pattern, String filter) {
    assertThat(TopicPattern.parse(pattern).filter()).isEqualTo(filter);
  }

  @Test
  void aPatternForOneDeviceSubscribesToThatDeviceAlone() {
    var pattern = TopicPattern.parse("med/v1/+/{device}/#").forDevice("pump-3");
    assertThat(pattern.filter()).isEqualTo("med/v1/+/pump-3/#");
    assertThat(pattern.match("med/v1/icu/pump-3/status")).isEqualTo(new TopicPattern.Match(null));
    assertThat(pattern.match("med/v1/icu/pump-4/status")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a/#/b",
        "a+/b",
        "a/b#",
        "{device}/{device}",
        "{device}{device}",
        "a/{id}",
        "$share/group/a"
      })
  void aPatternThatIsNoneIsRefused(String pattern) {
    assertThatThrownBy(() -> TopicPattern.parse(pattern))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a/b", "+", "#"})
  void aDeviceIdThatWouldWidenTheFilterIsRefused(String id) {
    var pattern = TopicPattern.parse("med/{device}");
    assertThatThrownBy(() -> pattern.forDevice(id)).isInstanceOf(IllegalArgumentException.class);
  }
}
