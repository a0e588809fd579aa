package io.medtwin.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.ditto.embedded.EmbeddedDitto;
import io.medtwin.ditto.embedded.EmbeddedDittoConfig;
import io.medtwin.journal.Received;
import io.medtwin.journal.json.LineJson;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.twin.backend.Answer;
import io.medtwin.twin.backend.Patch;
import io.medtwin.twin.backend.TwinCommand;
import io.medtwin.twin.document.Document;
import io.medtwin.twin.document.Problems;
import io.medtwin.twin.ledger.Ledger;
import io.medtwin.twin.normalizer.Finding.Observation;
import io.medtwin.twin.normalizer.Normalizer;
import io.medtwin.twin.normalizer.Units;
import io.medtwin.twin.outbox.Facts;
import io.medtwin.twin.outbox.Outbox;
import io.medtwin.twin.profile.Profile;
import io.medtwin.twin.profile.ProfileReader;
import io.medtwin.twin.state.Twin;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A number's scale on its whole way: journal, twin, patch, Ditto. */
class NumberScaleTest {

  private static final Instant NOW = Instant.parse("2026-02-19T08:00:00Z");
  private static final String THING = "io.medtwin.test:scale";

  private final Profile profile =
      Document.parse(
              "test.yaml",
              """
              profile: test-scale
              version: 1.0.0
              manufacturer: Testmaker
              model: S 1
              class: infusion-pump
              driver: test-driver
              channels:
                pump-1:
                  rate: { from: rate, unit: mL/h }
              """,
              new Problems())
          .map(ProfileReader::read)
          .orElseThrow();

  @ParameterizedTest
  @CsvSource({
    "5.00, 5.0, 2",
    "0.10, 0.1, 2",
    "5, 5, ",
    "12.5, 12.5, ",
    "0.0, 0.0, 1",
    "1.2E+3, 1200, -2"
  })
  void aNumberKeepsItsScaleFromTheJournalToDitto(
      String sent, String stored, @Nullable Integer decimals) throws Exception {
    var text =
        new LineJson().write(List.of(received(Reading.of("rate", Numeric.of(sent, "mL/h")))));
    var read = new LineJson().read("pump", NOW, 1, new String(text, StandardCharsets.UTF_8));
    var observed = (Observation) new Normalizer(profile, new Units()).normalize(read.getFirst());
    assertThat(observed.value()).isEqualTo(new BigDecimal(sent));

    var property = stored(observed);

    assertThat(property.getValue("value").map(JsonValue::toString)).contains(stored);
    assertThat(property.getValue("decimals").map(JsonValue::asInt).orElse(null))
        .isEqualTo(decimals);
    var whole = new BigDecimal(stored);
    int scale = decimals == null ? whole.scale() : decimals;
    assertThat(whole.setScale(scale)).isEqualTo(new BigDecimal(sent));
  }

  private static DittoConfig config(URI uri) {
    return DittoConfig.of(
        uri, new DittoLogin.Basic("ditto", () -> "ditto"), DittoRoles.of("nginx:ditto"));
  }

  private static Received received(Reading reading) {
    return new Received("pump", reading, NOW, 1);
  }

  private JsonObject stored(Observation observed) throws Exception {
    try (var ditto = EmbeddedDitto.start(EmbeddedDittoConfig.inMemory(InstantSource.system()));
        var backend = new DittoBackend(config(ditto.uri()))) {
      backend.start();
      Await.until("connected", () -> backend.counts().sessions() >= 1);
      var ledger = new Ledger(profile);
      var facts = new Facts("pump", THING, "io.medtwin.test:p", "gw", "drv", Patch.EMPTY);
      var outbox = new Outbox(facts, ledger, profile, new SplittableRandom(1));
      var twin = Twin.unheard(profile, NOW).with(observed, NOW);
      ledger.received(0);
      outbox.observed(observed.metric(), twin.property(observed.metric()).orElseThrow(), NOW);
      for (int i = 0; i < 2; i++) { // provision, merge
        TwinCommand command = outbox.next(twin, NOW, NOW.plusSeconds(i)).orElseThrow();
        Answer answer = backend.submit(command).toCompletableFuture().get(20, TimeUnit.SECONDS);
        outbox.settle(answer, twin, NOW.plusSeconds(i));
      }
      var server = new TwinServer(ditto.uri(), "ditto", "ditto", "nginx:ditto");
      var thing = StoredThing.read(server, THING);
      return thing
          .getValue(JsonPointer.of("/features/pump-1/properties/rate"))
          .orElseThrow()
          .asObject();
    }
  }
}
