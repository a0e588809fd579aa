package io.medtwin.twin.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.spi.DeviceTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeviceClockTest {

  private static final Instant START = Instant.parse("2026-02-19T08:00:00Z");

  @Test
  void aReportWithoutATimeOfItsOwnCostsNoObject() {
    var clock = new DeviceClock(null);

    assertThat(clock.observe(null, false, START)).isSameAs(clock.observe(null, false, START));
  }

  @Test
  void theReportsOfOneFrameShareTheirTime() {
    var clock = new DeviceClock(null);
    var time = new DeviceTime.Local(LocalDateTime.of(2026, 2, 19, 8, 0));

    assertThat(clock.observe(time, false, START)).isSameAs(clock.observe(time, false, START));
  }

  @Test
  void anOffsetIsToldAnewAfterAMinuteAndOnlyIfItMoved() {
    var clock = new DeviceClock(null);
    var now = START;
    for (int i = 0; i < 60; i++) {
      now = now.plusSeconds(1);
      clock.observe(wall(now.plusMillis(5)), false, now);
    }
    var told = clock.status(now);
    for (int i = 0; i < 30; i++) {
      now = now.plusSeconds(1);
      clock.observe(wall(now.plusMillis(1_505)), false, now);
    }
    assertThat(clock.isNewsAfter(told, now)).isFalse();
    for (int i = 0; i < 31; i++) {
      now = now.plusSeconds(1);
      clock.observe(wall(now.plusMillis(1_505)), false, now);
    }
    assertThat(clock.isNewsAfter(told, now)).isTrue();
    assertThat(clock.isNewsAfter(clock.status(now), now.plusSeconds(600))).isFalse();
    assertThat(clock.isNewsAfter(clock.status(now), now.plus(Duration.ofHours(1)))).isTrue();
  }

  @Test
  void anotherTimelineIsNewsAtOnce() {
    var clock = new DeviceClock(null);
    clock.observe(wall(START), false, START);
    var now = START.plusSeconds(1);
    clock.observe(wall(now), false, now);
    var told = clock.status(now);
    now = now.plusSeconds(1);
    clock.observe(wall(now.minus(Duration.ofHours(1))), false, now);

    assertThat(clock.isNewsAfter(told, now)).isTrue();
    assertThat(clock.status(now).differsInKind(told)).isTrue();
  }

  /** Saved and restored between any two reports, it says what it would have said. */
  @Property(tries = 300)
  void aClockThatIsSavedAndRestoredSaysTheSame(@ForAll long seed) {
    var random = new Random(seed);
    @Nullable ZoneId zone = random.nextBoolean() ? ZoneId.of("Europe/Berlin") : null;
    var whole = new DeviceClock(zone);
    var parts = new DeviceClock(zone);
    var now = START;
    for (int i = 0; i < 200; i++) {
      now = now.plusMillis(step(random));
      var time = anyTime(random, now);
      boolean stored = random.nextInt(8) == 0;
      if (random.nextInt(5) == 0) {
        var saved = parts.save();
        parts = new DeviceClock(zone);
        parts.restore(saved);
      }
      assertThat(parts.observe(time, stored, now)).isEqualTo(whole.observe(time, stored, now));
      assertThat(parts.status(now)).isEqualTo(whole.status(now));
    }
    assertThat(parts.save()).isEqualTo(whole.save());
  }

  /** Whatever is said: an estimate is never after the arrival by more than a clock may differ. */
  @Property(tries = 300)
  void nothingIsObservedAfterItCame(@ForAll long seed) {
    assertThatNothingIsObservedAfterItCame(seed);
  }

  /** It may differ by more the longer it runs: here by 2.8 s after some hours. */
  @Example
  void aClockMayDriftMeanwhile() {
    assertThatNothingIsObservedAfterItCame(-3441);
  }

  private static void assertThatNothingIsObservedAfterItCame(long seed) {
    var random = new Random(seed);
    var clock = new DeviceClock(null);
    var now = START;
    for (int i = 0; i < 200; i++) {
      now = now.plusMillis(step(random));
      var time = clock.observe(anyTime(random, now), random.nextInt(8) == 0, now);

      long mayDiffer = Timeline.tolerance(Duration.between(START, now).toMillis());
      assertThat(time.or(now)).isBeforeOrEqualTo(now.plusMillis(mayDiffer));
      assertThat(time.uncertaintyMillis()).isNotNegative();
    }
  }

  private static long step(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> 0;
      case 1 -> random.nextInt(7_200_000);
      case 2 -> -random.nextInt(5_000);
      default -> random.nextInt(2_000);
    };
  }

  private static @Nullable DeviceTime anyTime(Random random, Instant now) {
    var near = now.plusMillis(random.nextInt(4) == 0 ? random.nextInt(-90_000_000, 90_000_000) : 0);
    return switch (random.nextInt(9)) {
      case 0 -> null;
      case 1 -> new DeviceTime.Ago(Duration.ofMillis(random.nextInt(-5_000, 500_000)));
      case 2 -> new DeviceTime.Ticks(random.nextInt(1 << 16), Duration.ofMillis(10));
      case 3 -> new DeviceTime.Ticks(random.nextLong(), Duration.ofNanos(random.nextLong()));
      case 4 ->
          new DeviceTime.Utc(Instant.ofEpochSecond(random.nextLong(-(1L << 34), 1L << 34)), true);
      case 5 -> wall(near);
      default -> new DeviceTime.Utc(near, random.nextBoolean());
    };
  }

  private static DeviceTime wall(Instant instant) {
    return new DeviceTime.Local(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
  }
}
