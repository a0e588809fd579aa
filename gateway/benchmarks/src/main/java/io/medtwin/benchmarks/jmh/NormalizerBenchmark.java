package io.medtwin.benchmarks.jmh;

import io.medtwin.journal.Received;
import io.medtwin.spi.DeviceTime;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.twin.clock.DeviceClock;
import io.medtwin.twin.document.Document;
import io.medtwin.twin.document.Problems;
import io.medtwin.twin.normalizer.Finding;
import io.medtwin.twin.normalizer.Normalizer;
import io.medtwin.twin.normalizer.Units;
import io.medtwin.twin.profile.Profile;
import io.medtwin.twin.profile.ProfileReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A reading of each of many device models in turn, through its device's clock and normalizer. What
 * a reading costs and allocates must not grow with the number of profiles.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class NormalizerBenchmark {

  private static final Instant START = Instant.parse("2026-11-25T08:00:00Z");
  private static final int TIMES = 1_024;

  /** How many models there are, each with its own profile. */
  @Param({"1", "10", "100", "1000"})
  public int profiles;

  private final List<Normalizer> normalizers = new ArrayList<>();
  private final List<DeviceClock> clocks = new ArrayList<>();
  private final List<Received> own = new ArrayList<>();
  private final List<Received> renamed = new ArrayList<>();
  private final List<Received> converted = new ArrayList<>();
  private final List<Received> timed = new ArrayList<>();
  private int turn;
  private int time;

  /** Reads the profiles and makes the readings. */
  @Setup
  public void prepare() {
    var units = new Units();
    for (int i = 0; i < profiles; i++) {
      normalizers.add(new Normalizer(profile(i), units));
      clocks.add(new DeviceClock(null));
      own.add(received(i, Reading.of("spo2-" + i, Numeric.of("97.0", "%"))));
      renamed.add(received(i, Reading.of("rate-" + i, Numeric.of("71", "bpm"))));
      converted.add(received(i, Reading.of("spo2-" + i, Numeric.of("0.97", "1"))));
    }
    for (int i = 0; i < TIMES; i++) {
      var at = START.plusMillis(250L * i);
      var reading = Reading.of("spo2-0", Numeric.of("97.0", "%")).at(new DeviceTime.Utc(at, false));
      timed.add(new Received("d0", reading, at.plusMillis(40 + i % 7), i));
    }
  }

  /** A number in the unit of its profile. */
  @Benchmark
  public Finding ownUnit() {
    return next(own);
  }

  /** A number whose unit the profile calls otherwise. */
  @Benchmark
  public Finding renamedUnit() {
    return next(renamed);
  }

  /** A number that is converted. */
  @Benchmark
  public Finding convertedUnit() {
    return next(converted);
  }

  /** A number with a time of the device's own, four a second: mapped by its clock. */
  @Benchmark
  public Finding ownTime() {
    time = (time + 1) % TIMES;
    var received = timed.get(time);
    return normalizers
        .getFirst()
        .normalize(received, clocks.getFirst().observe(received.report(), received.receivedAt()));
  }

  private Finding next(List<Received> of) {
    turn = turn + 1 == profiles ? 0 : turn + 1;
    var received = of.get(turn);
    var at = clocks.get(turn).observe(received.report(), received.receivedAt());
    return normalizers.get(turn).normalize(received, at);
  }

  private static Received received(int device, Reading reading) {
    return new Received("d" + device, reading, START, 1);
  }

  private static Profile profile(int number) {
    var problems = new Problems();
    var yaml =
        """
        profile: bench-%1$d
        version: 1.0.0
        manufacturer: Bench
        model: M%1$d
        class: pulse-oximeter
        driver: bench
        units: { bpm: /min }
        channels:
          spo2:
            saturation: { from: spo2-%1$d, unit: "%%", period: 1s, plausible: { low: 0, high: 100 } }
            pulseRate: { from: rate-%1$d, unit: /min, period: 1s, deadband: 2 }
        """
            .formatted(number);
    return Document.parse("bench.yaml", yaml, problems).map(ProfileReader::read).orElseThrow();
  }
}
