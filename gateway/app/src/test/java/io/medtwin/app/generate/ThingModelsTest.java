package io.medtwin.app.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.medtwin.app.TestInstallation;
import io.medtwin.app.wiring.SelfPlan;
import io.medtwin.twin.profile.Metric;
import io.medtwin.twin.profile.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ThingModelsTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String BASE = "https://models.example/north";
  private static final Schema W3C =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
          .getSchema(
              Objects.requireNonNull(
                  ThingModelsTest.class.getResourceAsStream(
                      "/w3c-thing-model/tm-json-schema-validation.json")));

  static Stream<Profile> profiles() throws Exception {
    return Stream.concat(TestInstallation.profiles().all().stream(), Stream.of(SelfPlan.profile()));
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void everyModelIsAThingModelOfTheW3C(Profile profile) {
    ThingModels.of(profile, BASE)
        .forEach((path, text) -> assertThat(problems(text)).as(path).isEmpty());
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void everyPrefixIsDefinedOrTheServerDoesNotLoadTheModel(Profile profile) {
    ThingModels.of(profile, BASE)
        .forEach(
            (path, text) -> {
              assertThat(DittoRules.undefinedPrefixes(text)).as(path).isEmpty();
              assertThat(DittoRules.undefinedPrefixes(text.replace("\"ucum\":", "\"other\":")))
                  .as("is able to fail")
                  .isSubsetOf("ucum");
            });
  }

  @Test
  void aModelThatIsNoneIsFound() throws Exception {
    var model = thing(nonin());

    assertThat(problems(model.replace("2022/wot/td/v1.1", "2022/wot/td/v9"))).isNotEmpty();
    assertThat(problems(model.replace("tm:ThingModel", "Thing"))).isNotEmpty();
    assertThat(problems(model.replace("\"/properties/label\"", "\"label\""))).isNotEmpty();
    assertThat(problems(model.replace("\"type\": \"object\"", "\"type\": \"thing\""))).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void theThingLinksToEachFeatureAndToNothingElse(Profile profile) {
    var models = ThingModels.of(profile, BASE);
    var linked = new TreeSet<String>();
    linked.add(ModelPlace.of(profile).thing());
    for (JsonNode link : JSON.readTree(thing(profile)).path("links")) {
      assertThat(link.path("rel").asString()).isEqualTo("tm:submodel");
      var href = link.path("href").asString();
      assertThat(href)
          .startsWith(BASE + "/")
          .endsWith("/features/" + link.path("instanceName").asString() + ".tm.jsonld");
      linked.add(href.substring(BASE.length() + 1));
    }

    assertThat(linked).isEqualTo(new TreeSet<>(models.keySet()));
    assertThat(ThingModels.definition(profile, BASE).features().values())
        .allSatisfy(url -> assertThat(linked).contains(url.substring(BASE.length() + 1)));
  }

  @Test
  void aNumberCarriesItsCodeAndItsUnitAndNoBounds() throws Exception {
    var saturation = feature(nonin(), "spo2").path("properties").path("saturation");

    assertThat(saturation.path("@type").asString()).isEqualTo("mdc:150456");
    var value = saturation.path("properties").path("value");
    assertThat(value.path("type").asString()).isEqualTo("number");
    assertThat(value.path("unit").asString()).isEqualTo("ucum:%");
    assertThat(value.has("maximum")).isFalse();
    assertThat(value.has("minimum")).isFalse();
    assertThat(saturation.has("required")).isFalse();
    assertThat(saturation.path("readOnly").asBoolean()).isTrue();
  }

  /** Whoever writes a twin may find another word in it tomorrow; a model must not refuse it. */
  @ParameterizedTest
  @MethodSource("profiles")
  void noModelClosesAListOfWordsOrBoundsANumber(Profile profile) {
    ThingModels.of(profile, BASE)
        .values()
        .forEach(
            text ->
                assertThat(text)
                    .doesNotContain(
                        "\"enum\"",
                        "\"const\"",
                        "\"maximum\"",
                        "\"minimum\"",
                        "\"required\"",
                        "\"additionalProperties\": false",
                        "ditto:category"));
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void everyMetricHasItsPlaceInTheModelOfItsFeature(Profile profile) {
    for (Metric metric : profile.metrics()) {
      boolean wave = metric.kind() == Metric.Kind.WAVEFORM;
      var feature = feature(profile, (wave ? "wave-" : "") + metric.channel());
      assertThat(feature.path("properties").has(metric.name())).as(metric.toString()).isTrue();
    }
  }

  @Test
  void theSameProfileGivesTheSameBytes() throws Exception {
    assertThat(ThingModels.of(nonin(), BASE)).isEqualTo(ThingModels.of(nonin(), BASE));
    assertThat(thing(nonin())).endsWith("}\n").doesNotContain("\r");
  }

  private static Profile nonin() throws Exception {
    return TestInstallation.profiles().find("nonin-oem3").orElseThrow();
  }

  private static String thing(Profile profile) {
    return Objects.requireNonNull(
        ThingModels.of(profile, BASE).get(ModelPlace.of(profile).thing()));
  }

  private static JsonNode feature(Profile profile, String feature) {
    return JSON.readTree(
        Objects.requireNonNull(
            ThingModels.of(profile, BASE).get(ModelPlace.of(profile).feature(feature)), feature));
  }

  private static List<Error> problems(String model) {
    return new ArrayList<>(W3C.validate(model, InputFormat.JSON));
  }
}
