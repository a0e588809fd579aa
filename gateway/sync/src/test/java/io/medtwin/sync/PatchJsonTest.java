package io.medtwin.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.twin.backend.Patch;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatchJsonTest {

  @Test
  void membersKeepTheirOrderAndKind() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("z", "text");
    members.put("flag", true);
    members.put("whole", Long.MAX_VALUE);
    members.put("gone", Patch.REMOVE);
    members.put("inner", Patch.of("a", new BigDecimal("15.4")));

    assertThat(PatchJson.of(new Patch(members)).toString())
        .isEqualTo(
            "{\"z\":\"text\",\"flag\":true,\"whole\":9223372036854775807,\"gone\":null,"
                + "\"inner\":{\"a\":15.4}}");
  }

  @ParameterizedTest
  @CsvSource({"120, 120", "1E+3, 1000", "5.00, 5.0", "0.10, 0.1", "-0.05, -0.05", "1E-7, 1.0E-7"})
  void aDecimalIsWrittenAsDittoWouldWriteIt(BigDecimal number, String json) {
    assertThat(PatchJson.of(Patch.of("n", number)).toString()).isEqualTo("{\"n\":" + json + "}");
  }

  @Property
  void noDecimalADeviceCanSendChangesItsAmount(
      @ForAll @BigRange(min = "-99999999", max = "99999999") @Scale(6) BigDecimal number) {
    String json = PatchJson.of(Patch.of("n", number)).getValue("n").orElseThrow().toString();

    assertThat(new BigDecimal(json)).isEqualByComparingTo(number);
  }

  @Test
  void aNumberThatWouldBecomeInfiniteIsRefused() {
    Patch patch = Patch.of("n", new BigDecimal("1E+400"));

    assertThatThrownBy(() -> PatchJson.of(patch)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "/", "a\u0000", "a\nb", "\u007f", "µ"})
  void aNameThatDittoWouldTakeForAPathIsRefused(String name) {
    Patch patch = Patch.of(name, 1L);

    assertThatThrownBy(() -> PatchJson.of(patch)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTwinIsMadeOfAttributesAndOfFeaturesWithProperties() {
    Patch good =
        new Patch(
            Map.of(
                "attributes",
                Patch.of("class", "pump"),
                "features",
                new Patch(
                    Map.of(
                        "heart", Patch.of("properties", Patch.of("rate", 60L)),
                        "spo2", Patch.REMOVE,
                        "resp", Patch.of("properties", Patch.REMOVE)))));

    assertThat(PatchJson.ofThing(good)).isEqualTo(PatchJson.of(good));
  }

  @Test
  void nothingElseIsLetIntoATwin() {
    Patch desired = Patch.of("desiredProperties", Patch.of("rateSet", 15L));

    assertThat(
            java.util.List.of(
                Patch.of("policyId", "a:b"),
                Patch.of("features", Patch.REMOVE),
                Patch.of("features", "none"),
                Patch.of("features", Patch.of("heart", 60L)),
                Patch.of("features", Patch.of("delivery-1", desired)),
                Patch.of("features", Patch.of("heart", Patch.of("properties", 60L)))))
        .allSatisfy(
            bad ->
                assertThatThrownBy(() -> PatchJson.ofThing(bad))
                    .isInstanceOf(IllegalArgumentException.class));
  }
}
