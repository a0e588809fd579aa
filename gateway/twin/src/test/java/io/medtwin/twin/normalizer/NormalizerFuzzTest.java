package io.medtwin.twin.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.journal.Received;
import io.medtwin.spi.Absent;
import io.medtwin.spi.Coded;
import io.medtwin.spi.DeviceTime;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Samples;
import io.medtwin.spi.Text;
import io.medtwin.spi.Value;
import io.medtwin.twin.normalizer.Finding.Observation;
import io.medtwin.twin.profile.Metric;
import io.medtwin.twin.profile.Profile;
import io.medtwin.twin.profile.TestProfiles;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** Whatever a driver hands over, against whatever profile. */
class NormalizerFuzzTest {

  private static final Instant NOW = Instant.parse("2026-02-19T08:00:00Z");
  private static final Units UNITS = new Units();
  private static final List<String> UCUM =
      List.of("1", "%", "/min", "mm[Hg]", "kPa", "Cel", "mL/h", "min", "s", "kg", "10*3/uL");
  private static final List<String> WIRE =
      List.of("bpm", "[degF]", "", " ", "NaN", "mmHg", "{beat}/min", "m/0", "((", "10*99999", "µg");

  /** It never throws; a number comes only out of a number; in its own unit it stays what it was. */
  @Property(tries = 1_000)
  void aReadingNeverThrowsNorInventsANumber(@ForAll long seed) {
    var random = new Random(seed);
    var profile = profile(random);
    var normalizer = new Normalizer(profile, UNITS);
    for (int i = 0; i < 10; i++) {
      var reading = reading(random, profile);

      var finding = normalizer.normalize(new Received("fuzz", reading, NOW, 1));

      if (finding instanceof Observation seen) {
        boolean hasNumber = seen.value() instanceof BigDecimal || seen.bound() != null;
        assertThat(hasNumber && !(reading.value() instanceof Numeric))
            .as("a number out of %s", reading)
            .isFalse();
        assertThat(seen.value() != null && seen.bound() != null).isFalse();
        if (!seen.validity().valueAllowed()) {
          assertThat(seen.value()).isNull();
        }
        if (reading.value() instanceof Numeric number
            && number.unit().equals(seen.metric().unit())) {
          var kept = seen.value() != null ? seen.value() : seen.bound();
          assertThat(kept == null || kept.equals(number.amount())).as("%s", reading).isTrue();
        }
      }
    }
  }

  private static Profile profile(Random random) {
    var channels = new StringBuilder();
    for (int i = 0; i < 1 + random.nextInt(6); i++) {
      var kind = Metric.Kind.values()[random.nextInt(5)].name().toLowerCase(java.util.Locale.ROOT);
      channels.append("  c").append(i).append(":\n    p: { from: p").append(i);
      channels.append(", kind: ").append(kind).append(", unit: \"").append(pick(random, UCUM));
      channels.append('"');
      if (random.nextBoolean()) {
        channels.append(", plausible: { low: -10, high: ").append(random.nextInt(500)).append(" }");
      }
      channels.append(" }\n");
    }
    return TestProfiles.profile(
        """
        profile: fuzz
        version: 1.0.0
        manufacturer: Testmaker
        model: Fuzz
        class: pulse-oximeter
        driver: test-driver
        units: { bpm: /min, mmHg: "mm[Hg]" }
        withheld: [p7]
        channels:
        """
            + channels);
  }

  private static Reading reading(Random random, Profile profile) {
    var known = profile.metrics().get(random.nextInt(profile.metrics().size())).parameter();
    var reading =
        Reading.of(random.nextInt(5) == 0 ? "p" + random.nextInt(9) : known, value(random))
            .at(time(random));
    for (Reading.Flag flag : Reading.Flag.values()) {
      if (random.nextInt(8) == 0) {
        reading = reading.with(flag);
      }
    }
    return reading;
  }

  private static Value value(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> new Absent(Absent.Reason.values()[random.nextInt(Absent.Reason.values().length)]);
      case 1 -> new Coded(pick(random, List.of("-1", "NaN", "1e999", "RUN", "0", "\u0000")));
      case 2 -> new Text(pick(random, List.of("", "97", "---", "Infinity", "x".repeat(9_999))));
      case 3 -> Samples.of(new int[random.nextInt(3)], 0.1 + random.nextInt(999), 1, 0, "1");
      default -> new Numeric(amount(random), unit(random));
    };
  }

  private static String unit(Random random) {
    var unit = random.nextInt(3) == 0 ? pick(random, WIRE) : pick(random, UCUM);
    return unit.isBlank() ? "1" : unit;
  }

  private static BigDecimal amount(Random random) {
    return switch (random.nextInt(7)) {
      case 0 -> new BigDecimal(BigInteger.ONE, random.nextInt());
      case 1 -> new BigDecimal(new BigInteger(random.nextInt(4_000), random), random.nextInt(99));
      case 2 ->
          new BigDecimal(
              BigInteger.TEN, pick(random, List.of(Integer.MIN_VALUE, Integer.MAX_VALUE)));
      case 3 ->
          new BigDecimal(pick(random, List.of("-1", "0", "0.00", "-0.0", "999999", "8388607")));
      case 4 -> BigDecimal.valueOf(random.nextDouble());
      default -> new BigDecimal(BigInteger.valueOf(random.nextInt(100_000)), random.nextInt(5));
    };
  }

  private static @Nullable DeviceTime time(Random random) {
    var instant =
        pick(
            random,
            List.of(
                Instant.MIN,
                Instant.MAX,
                Instant.EPOCH,
                NOW,
                NOW.minusSeconds(random.nextInt(99_999))));
    return switch (random.nextInt(6)) {
      case 0 -> new DeviceTime.Utc(instant, random.nextBoolean());
      case 1 -> new DeviceTime.Local(pick(random, List.of(LocalDateTime.MIN, LocalDateTime.MAX)));
      case 2 -> new DeviceTime.Ago(Duration.ofSeconds(random.nextLong(), random.nextInt(999)));
      case 3 -> new DeviceTime.Ticks(random.nextLong(), Duration.ofSeconds(random.nextLong()));
      case 4 -> new DeviceTime.Ticks(random.nextInt(), Duration.ofNanos(random.nextInt()));
      default -> null;
    };
  }

  private static <T> T pick(Random random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
