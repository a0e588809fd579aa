package io.medtwin.benchmarks.twin;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.ditto.json.JsonFactory;
import org.junit.jupiter.api.Test;

class VerificationTest {

  private static int wrong(String features, long number) {
    return Verification.wrong(JsonFactory.newObject("{\"features\":{" + features + "}}"), number);
  }

  private static final String RIGHT =
      """
      "heart":{"properties":{"heartRate":{"value":123}}},
      "spo2":{"properties":{"saturation":{"value":123.0}}},
      "temp-1":{"properties":{"temperature":{"value":12.3}}}
      """;

  @Test
  void everyPropertyOfTheLastMessageIsRight() {
    assertThat(wrong(RIGHT, 123)).isZero();
  }

  @Test
  void eachPropertyThatTellsAnotherMessageIsCounted() {
    assertThat(wrong(RIGHT.replace("12.3", "12.2"), 123)).isEqualTo(1);
    assertThat(wrong(RIGHT, 124)).isEqualTo(3);
  }

  @Test
  void whatIsMissingIsWrong() {
    assertThat(wrong("\"heart\":{\"properties\":{\"heartRate\":{\"validity\":\"stale\"}}}", 1))
        .isEqualTo(3);
  }
}
