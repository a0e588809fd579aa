package io.medtwin.benchmarks.jmh;

import io.medtwin.journal.Received;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.twin.backend.Answer;
import io.medtwin.twin.backend.Patch;
import io.medtwin.twin.backend.TwinCommand;
import io.medtwin.twin.document.Problems;
import io.medtwin.twin.ledger.Ledger;
import io.medtwin.twin.normalizer.Finding;
import io.medtwin.twin.normalizer.Finding.Observation;
import io.medtwin.twin.normalizer.Normalizer;
import io.medtwin.twin.normalizer.Units;
import io.medtwin.twin.outbox.Facts;
import io.medtwin.twin.outbox.Outbox;
import io.medtwin.twin.profile.Profile;
import io.medtwin.twin.profile.ProfileCatalog;
import io.medtwin.twin.state.Twin;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** From a reading to a merge, with the profile {@code senml-patch} as it is shipped. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TwinBenchmark {

  private static final Instant START = Instant.parse("2026-11-25T08:00:00Z");

  private final Profile profile = shipped("senml-patch");
  private final Normalizer normalizer = new Normalizer(profile, new Units());
  private final Twin twin = Twin.unheard(profile, START);
  private final Ledger ledger = new Ledger(profile);
  private final Outbox outbox =
      new Outbox(
          new Facts("d1", "bench:d1", "bench:policy", "gw", "senml", new Patch(java.util.Map.of())),
          ledger,
          profile,
          new SplittableRandom(1));
  private final List<Received> message =
      List.of(
          received("heart-rate", Numeric.of(71, "beat/min")),
          received("spo2", Numeric.of("0.97", "/")),
          received("temperature", Numeric.of("36.9", "Cel")));
  private final Observation observation = (Observation) normalizer.normalize(message.getFirst());
  private Instant now = START;
  private long beats;

  /** Provisions the outbox. */
  public TwinBenchmark() {
    outbox.next(twin, null, now);
    outbox.settle(new Answer.Provisioned(true, 0, 0), twin, now);
    now = now.plusSeconds(1);
    outbox.next(twin, null, now);
    outbox.settle(new Answer.Stored(), twin, now);
  }

  private static Received received(String parameter, Numeric value) {
    return new Received("d1", Reading.of(parameter, value), START, 1);
  }

  private static Profile shipped(String id) {
    var problems = new Problems();
    var folder = Path.of(System.getProperty("medtwin.home", "."), "profiles");
    var catalog = ProfileCatalog.read(List.of(folder), problems);
    return catalog
        .find(id)
        .orElseThrow(() -> new IllegalStateException("no profile " + id + " in " + folder));
  }

  /** A reading whose unit has another name only. */
  @Benchmark
  public Finding normalizeRenamed() {
    return normalizer.normalize(message.get(0));
  }

  /** A reading whose amount changes with its unit: 0.97 to 97 %. */
  @Benchmark
  public Finding normalizeConverted() {
    return normalizer.normalize(message.get(1));
  }

  /** A twin after an observation. */
  @Benchmark
  public Twin twinWith() {
    return twin.with(observation, START);
  }

  /** Three readings, marked, made into a merge, confirmed. */
  @Benchmark
  public Optional<TwinCommand> outboxMerge() {
    now = now.plusSeconds(20);
    var next = twin;
    for (Received received : message) {
      var reading =
          new Reading(
              "heart-rate", Numeric.of(60 + beats++ % 100, "beat/min"), java.util.Set.of(), null);
      var changed =
          received == message.getFirst()
              ? new Received("d1", reading, now, beats)
              : new Received("d1", received.report(), now, beats);
      if (normalizer.normalize(changed) instanceof Observation seen) {
        next = next.with(seen, now);
        ledger.received(ledger.line(seen.metric()));
        outbox.observed(seen.metric(), next.property(seen.metric()).orElseThrow(), now);
      }
    }
    now = now.plusSeconds(2);
    var command = outbox.next(next, now, now);
    outbox.settle(new Answer.Stored(), next, now);
    return command;
  }
}
