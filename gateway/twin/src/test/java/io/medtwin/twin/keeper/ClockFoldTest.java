package io.medtwin.twin.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.journal.Entry;
import io.medtwin.journal.Received;
import io.medtwin.spi.Alert;
import io.medtwin.spi.DeviceEvent;
import io.medtwin.spi.DeviceTime;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Reading.Flag;
import io.medtwin.spi.Report;
import io.medtwin.twin.backend.Patch;
import io.medtwin.twin.normalizer.Units;
import io.medtwin.twin.outbox.Facts;
import io.medtwin.twin.profile.TestProfiles;
import io.medtwin.twin.tap.Taps;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Device times and what was said of a value are part of the fold: a new life finds the same. */
class ClockFoldTest {

  private static final Instant START = Instant.parse("2026-02-19T08:00:00Z");
  private static final Units UNITS = new Units();

  @Property(tries = 100)
  void aLineThatIsSavedAndRestoredAnywhereEndsInTheSameState(@ForAll long seed) throws IOException {
    var random = new Random(seed);
    var whole = line();
    var parts = line();
    var now = START;
    for (int i = 1; i <= 120; i++) {
      now = now.plusMillis(random.nextInt(3_000));
      var entry = Entry.Heard.of(new Received("ox-1", anything(random, now), now, i));
      if (random.nextInt(6) == 0) {
        var saved = parts.save();
        parts = line();
        parts.restore(saved, now);
      }
      whole.take(i, entry);
      parts.take(i, entry);
    }

    assertThat(parts.save()).isEqualTo(whole.save());
  }

  @Test
  void aStoredValueThatNobodyCanDateIsRejectedInTheLedgerAndNotShown() {
    var line = line();
    say(line, 1, Reading.of("spo2", Numeric.of(97, "%")).with(Flag.STORED));
    say(line, 2, Reading.of("odd", Numeric.of(97, "%")).with(Flag.STORED));

    assertThat(line.view(line.total()).values()).isEmpty();
    assertThat(line.total().rejected()).isEqualTo(2);
    assertThat(line.account().isExact()).isTrue();
  }

  @Test
  void aStoredValueIsAsStaleAsItIsOld() {
    var line = line();
    var time = new DeviceTime.Utc(START.minusSeconds(60), true);
    say(line, 1, Reading.of("spo2", Numeric.of(97, "%")).with(Flag.STORED).at(time));
    line.age(START.plusMillis(10));

    assertThat(line.view(line.total()).values())
        .singleElement()
        .returns("stale", DeviceView.Shown::validity);
  }

  private static void say(DeviceLine line, int position, Report report) {
    line.take(position, Entry.Heard.of(new Received("ox-1", report, START, position)));
  }

  private static DeviceLine line() {
    var facts = new Facts("ox-1", "test:ox-1", "test:p", "gw", "drv", Patch.EMPTY);
    return new DeviceLine(
        new DevicePlan(facts, TestProfiles.oximeter()),
        UNITS,
        new Random(1),
        START,
        new Kinship(),
        new Taps());
  }

  private static Report anything(Random random, Instant now) {
    var time = time(random, now);
    return switch (random.nextInt(8)) {
      case 0 ->
          new Alert(
              "a" + random.nextInt(3),
              "AL_PROBE",
              random.nextBoolean() ? Alert.Phase.START : Alert.Phase.END,
              Alert.Priority.HIGH,
              Alert.Kind.UNKNOWN,
              "",
              null,
              time);
      case 1 -> new DeviceEvent(random.nextInt(9) == 0 ? "time-changed" : "e", "", time);
      case 2 -> Reading.of("odd", Numeric.of(random.nextInt(9), "1")).at(time);
      default -> {
        var reading = Reading.of("spo2", Numeric.of("9" + random.nextInt(9) + ".50", "%")).at(time);
        var flag = Flag.values()[random.nextInt(Flag.values().length)];
        yield random.nextInt(3) == 0 ? reading.with(flag) : reading;
      }
    };
  }

  private static @Nullable DeviceTime time(Random random, Instant now) {
    var near = now.plusMillis(random.nextInt(9) == 0 ? random.nextInt(-9_000_000, 9_000_000) : 0);
    return switch (random.nextInt(5)) {
      case 0 -> null;
      case 1 -> new DeviceTime.Ago(Duration.ofMillis(random.nextInt(5_000)));
      case 2 -> new DeviceTime.Ticks(near.toEpochMilli() % 65_536, Duration.ofMillis(1));
      case 3 -> new DeviceTime.Local(LocalDateTime.ofInstant(near, ZoneOffset.UTC));
      default -> new DeviceTime.Utc(near, random.nextBoolean());
    };
  }
}
