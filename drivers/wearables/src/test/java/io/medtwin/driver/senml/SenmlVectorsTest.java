package io.medtwin.driver.senml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.medtwin.driver.vectors.Vectors;
import io.medtwin.driver.vectors.Vectors.Vector;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SenmlVectorsTest {

  static Stream<Vector> vectors() {
    return Vectors.in("coap/senml.json");
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void aVectorResolvesToWhatItsSourceSays(Vector vector) throws SenmlException {
    var error = vector.expect().path("error");
    if (!error.isMissingNode()) {
      assertThatThrownBy(() -> resolve(vector))
          .isInstanceOfSatisfying(
              SenmlException.class, e -> assertThat(e.problem().name()).isEqualTo(error.asText()));
      return;
    }
    var records = resolve(vector);
    assertThat(records).hasSize(vector.expect().path("records").size());
    for (int i = 0; i < records.size(); i++) {
      assertRecord(records.get(i), vector.expect().path("records").get(i));
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void aVectorWrittenInEitherFormatComesBackTheSame(Vector vector) throws SenmlException {
    if (vector.expect().has("error")) {
      return;
    }
    var entries = Senml.parse(octets(vector), format(vector));
    for (var format : SenmlFormat.values()) {
      assertThat(Senml.parse(Senml.write(entries, format), format)).isEqualTo(entries);
    }
  }

  private static List<SenmlRecord> resolve(Vector vector) throws SenmlException {
    boolean lwm2m = vector.entry().path("context").path("profile").asText().equals("lwm2m");
    return Senml.resolve(
        Senml.parse(octets(vector), format(vector)),
        lwm2m ? SenmlNames.LWM2M : SenmlNames.STANDARD);
  }

  private static byte[] octets(Vector vector) {
    return vector.entry().has("hex") ? vector.octets().array() : vector.json();
  }

  private static SenmlFormat format(Vector vector) {
    return vector.entry().path("contentFormat").asInt() == 112
        ? SenmlFormat.CBOR
        : SenmlFormat.JSON;
  }

  private static void assertRecord(SenmlRecord record, JsonNode expected) {
    assertThat(record.name()).isEqualTo(expected.path("n").asText());
    assertThat(record.unit()).isEqualTo(expected.has("u") ? expected.path("u").asText() : null);
    switch (record.value()) {
      case SenmlValue.Num(BigDecimal number) ->
          assertThat(Vectors.near(number, expected.path("v"))).as(record.name()).isTrue();
      case SenmlValue.Str(String text) -> assertThat(text).isEqualTo(expected.path("vs").asText());
      case SenmlValue.Bool(boolean bool) ->
          assertThat(bool).isEqualTo(expected.path("vb").asBoolean());
      case SenmlValue.Data data -> {
        var octets = new byte[data.octets().remaining()];
        data.octets().get(octets);
        assertThat(HexFormat.of().formatHex(octets)).isEqualTo(expected.path("vdHex").asText());
      }
      case SenmlValue.NoNumber none -> throw new AssertionError("unexpected " + none);
      case null -> throw new AssertionError("no value");
    }
    switch (record.time()) {
      case SenmlTime.Unsaid _ -> {
        assertThat(expected.has("t")).isFalse();
        assertThat(expected.has("relativeTime")).isFalse();
      }
      case SenmlTime.Absolute(BigDecimal seconds) ->
          assertThat(seconds.subtract(expected.path("t").decimalValue()).abs())
              .isLessThanOrEqualTo(new BigDecimal("0.000001"));
      case SenmlTime.Relative(BigDecimal seconds) ->
          assertThat(seconds).isEqualByComparingTo(expected.path("relativeTime").decimalValue());
    }
  }
}
