package io.medtwin.app.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.app.TestInstallation;
import io.medtwin.app.wiring.SelfPlan;
import io.medtwin.journal.Received;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.twin.document.Document;
import io.medtwin.twin.document.Problems;
import io.medtwin.twin.document.Section;
import io.medtwin.twin.normalizer.Finding;
import io.medtwin.twin.normalizer.Normalizer;
import io.medtwin.twin.normalizer.Units;
import io.medtwin.twin.normalizer.Validity;
import io.medtwin.twin.profile.Metric;
import io.medtwin.twin.profile.Profile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SimulatorSheetTest {

  private static final Instant NOW = Instant.parse("2026-02-19T08:00:00Z");

  static Stream<Profile> profiles() throws Exception {
    return Stream.concat(TestInstallation.profiles().all().stream(), Stream.of(SelfPlan.profile()));
  }

  /** A device that is simulated by the sheet is one that the profile understands. */
  @ParameterizedTest
  @MethodSource("profiles")
  void whatASheetSaysTheProfileTakesAsValid(Profile profile) throws Exception {
    var root = load(profile);
    assertThat(root.text("simulator")).isEqualTo(profile.id());
    assertThat(root.text("version")).isEqualTo(profile.version());
    assertThat(root.text("driver")).isEqualTo(profile.driver());
    root.optionalSection("settings")
        .ifPresent(settings -> assertThat(settings.textsByKey()).isEqualTo(profile.settings()));
    var normalizer = new Normalizer(profile, new Units());
    var parameters = root.section("parameters").orElseThrow().sections();

    assertThat(parameters.keySet())
        .containsExactlyElementsOf(profile.metrics().stream().map(Metric::parameter).toList());
    parameters.forEach(
        (name, parameter) -> {
          assertThat(parameter.text("place")).contains(".");
          assertThat(parameter.text("kind")).isNotEmpty();
          for (String range : List.of("plausible", "typical")) {
            parameter
                .optionalSection(range)
                .ifPresent(
                    bounds -> {
                      var unit = parameter.text("unit");
                      for (String end : List.of("low", "high")) {
                        var value = new Numeric(bounds.decimal(end).orElseThrow(), unit);
                        var report = new Received("d", Reading.of(name, value), NOW, 1);
                        assertThat(normalizer.normalize(report))
                            .as("%s %s of %s", range, end, name)
                            .isInstanceOfSatisfying(
                                Finding.Observation.class,
                                seen -> assertThat(seen.validity()).isEqualTo(Validity.VALID));
                      }
                    });
          }
        });
  }

  @Test
  void aSheetTellsPaceWiresAndAlerts() throws Exception {
    var root = load(TestInstallation.profiles().find("nonin-oem3").orElseThrow());
    var spo2 = root.section("parameters").orElseThrow().sections().get("spo2");

    assertThat(spo2).isNotNull();
    assertThat(spo2.duration("period", Duration.ZERO, Duration.ofDays(1)))
        .contains(Duration.ofSeconds(1));
    assertThat(root.section("wires").orElseThrow().textsByKey())
        .containsEntry("serial", "9600 8N1");
    assertThat(root.section("alerts").orElseThrow().keys()).contains("SENSOR_FAULT");
  }

  @Test
  void textsOfAnyKindComeBackAsTheyWere() {
    var text = "a \"quoted\" \\ back\nslash\ttab # no comment: {x} é \u0001";
    var problems = new Problems();
    var root =
        Document.parse("t", "text: " + SimulatorSheet.quoted(text) + "\n", problems).orElseThrow();

    assertThat(root.text("text")).isEqualTo(text);
  }

  private static Section load(Profile profile) throws Exception {
    var problems = new Problems();
    var source = new Output.Source(profile, Set.of(LinkKind.SERIAL, LinkKind.TCP), List.of());
    var text = SimulatorSheet.of(source);
    var root = Document.parse(profile.id(), text, problems);
    problems.throwIfAny();
    return root.orElseThrow();
  }
}
