package io.medtwin.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.app.self.Certificates;
import io.medtwin.app.self.Health;
import io.medtwin.app.self.Host;
import io.medtwin.app.self.Said;
import io.medtwin.app.self.Tally;
import io.medtwin.journal.JournalState;
import io.medtwin.journal.Received;
import io.medtwin.spi.Report;
import io.medtwin.twin.ledger.Balance;
import io.medtwin.twin.normalizer.Finding;
import io.medtwin.twin.normalizer.Normalizer;
import io.medtwin.twin.normalizer.Units;
import io.medtwin.twin.profile.Metric;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What the gateway says of itself has its place in its profile, and its profile nothing else. */
class SelfReporterTest {

  private static final Instant NOW = Instant.parse("2026-02-19T08:00:00Z");

  @Test
  void everyReadingHasAPlaceAndEveryPlaceAReading() {
    var profile = SelfPlan.profile();
    var normalizer = new Normalizer(profile, new Units());
    var places = new ArrayList<String>();
    for (Report report : all()) {
      var finding = normalizer.normalize(new Received("gateway", report, NOW, 1));
      assertThat(finding).as("%s", report).isInstanceOf(Finding.Observation.class);
      places.add(((Finding.Observation) finding).metric().place());
    }
    assertThat(places)
        .containsExactlyInAnyOrderElementsOf(
            profile.metrics().stream().map(Metric::place).toList());
  }

  private static List<Report> all() {
    var balance = new Balance(5, 4, 1, 0, 0, 0);
    var state = new JournalState(JournalState.Health.OK, "", NOW, 1, 2, 3, 4, 5, 6, 7);
    var often =
        new Said.Often(
            new Health(Health.State.DEGRADED, List.of("plugins could not be loaded")),
            new Tally(3, 2, 1, 0, 0, NOW),
            4,
            Duration.ofSeconds(7),
            state,
            balance);
    var host =
        new Host.Now(
            OptionalDouble.of(3.14159),
            OptionalLong.of(1),
            2,
            OptionalLong.of(3),
            OptionalLong.of(4),
            OptionalLong.of(5),
            OptionalLong.empty(),
            OptionalDouble.empty());
    var seldom =
        new Said.Seldom(
            host,
            OptionalDouble.of(31),
            Optional.of(true),
            9,
            1,
            Map.of("nonin-oem3", "1.0.0"),
            Map.of("senml-patch", "1.2.0"),
            Optional.of(new Certificates.First("ca.pem", 90)),
            "0.1.0");
    var all = new ArrayList<Report>(Said.of(often));
    all.addAll(Said.of(seldom));
    return all;
  }
}
