package io.medtwin.twin.clock;

import static io.medtwin.twin.clock.ClockQuality.ALIGNED;
import static io.medtwin.twin.clock.ClockQuality.GATEWAY;
import static io.medtwin.twin.clock.ClockQuality.SYNCHRONISED;
import static io.medtwin.twin.clock.ClockQuality.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.spi.DeviceEvent;
import io.medtwin.spi.DeviceTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a device sends as time, and what is taken. */
class TimeRulesTest {

  private static final Instant START = Instant.parse("2026-02-19T08:00:00Z");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Duration TICK = Duration.ofNanos(100_000);

  /** A device whose reports come to a gateway. */
  private static final class Heard {
    DeviceClock clock = new DeviceClock(null);
    Instant now = START;
    ObservedTime last = ObservedTime.ARRIVAL;

    void in(ZoneId zone) {
      clock = new DeviceClock(zone);
    }

    ObservedTime says(@Nullable DeviceTime time) {
      last = clock.observe(time, false, now);
      return last;
    }

    ObservedTime kept(@Nullable DeviceTime time) {
      return clock.observe(time, true, now);
    }

    /** So many reports, one a second, of a clock that is ahead by so much. */
    void stream(int seconds, Duration ahead, boolean synchronised) {
      for (int i = 0; i < seconds; i++) {
        now = now.plusSeconds(1);
        says(new DeviceTime.Utc(now.plus(ahead), synchronised));
      }
    }

    /** So many reports of a wall clock without zone, one a second. */
    void wall(int seconds, Duration ahead) {
      for (int i = 0; i < seconds; i++) {
        now = now.plusSeconds(1);
        says(local(now.plus(ahead)));
      }
    }

    int timeline() {
      return clock.status(now).timeline();
    }
  }

  static Stream<Arguments> rows() {
    return Stream.of(
        row(
            "nothing: reception time, gateway",
            heard -> assertThat(heard.says(null)).isSameAs(ObservedTime.ARRIVAL)),
        row(
            "UTC and says it is synchronised: as is, synchronised",
            heard -> {
              var time = heard.says(new DeviceTime.Utc(START.minusMillis(300), true));
              assertThat(time.at()).isEqualTo(START.minusMillis(300));
              assertThat(time.quality()).isEqualTo(SYNCHRONISED);
              assertThat(time.contradicted()).isFalse();
            }),
        row(
            "UTC that does not say so, within the tolerance: as is, aligned",
            heard -> {
              var time = heard.says(new DeviceTime.Utc(START.minusMillis(300), false));
              assertThat(time.at()).isEqualTo(START.minusMillis(300));
              assertThat(time.quality()).isEqualTo(ALIGNED);
            }),
        row(
            "UTC synchronised, but off from the gateway by more than the tolerance: aligned, flag",
            heard -> {
              heard.stream(20, Duration.ofSeconds(-60), true);
              assertThat(heard.last.at()).isEqualTo(heard.now);
              assertThat(heard.last.quality()).isEqualTo(ALIGNED);
              assertThat(heard.last.contradicted()).isTrue();
              assertThat(heard.clock.status(heard.now).offsetMillis()).isEqualTo(-60_000L);
            }),
        row(
            "UTC of a minute ago, heard for the first time: late or slow, so as is and uncertain",
            heard -> {
              var time = heard.says(new DeviceTime.Utc(START.minusSeconds(60), false));
              assertThat(time.at()).isEqualTo(START.minusSeconds(60));
              assertThat(time.uncertaintyMillis()).isEqualTo(60_000);
            }),
        row(
            "UTC of 2000-01-01, a clock never set: by anchor",
            heard -> {
              heard.says(new DeviceTime.Utc(Instant.parse("2000-01-01T00:00:00Z"), false));
              assertThat(heard.last.quality()).isEqualTo(GATEWAY);
              heard.now = START.plusSeconds(5);
              heard.says(new DeviceTime.Utc(Instant.parse("2000-01-01T00:00:05Z"), false));
              assertThat(heard.last.at()).isEqualTo(heard.now);
              assertThat(heard.last.quality()).isEqualTo(ALIGNED);
            }),
        row(
            "local time without offset, zone known: by the zone",
            heard -> {
              heard.in(BERLIN);
              var time = heard.says(new DeviceTime.Local(LocalDateTime.of(2026, 2, 19, 8, 59, 59)));
              assertThat(time.at()).isEqualTo(Instant.parse("2026-02-19T07:59:59Z"));
              assertThat(time.quality()).isEqualTo(ALIGNED);
            }),
        row(
            "local time without offset, zone not known: by anchor, never by the host's zone",
            heard -> {
              heard.wall(1, Duration.ofHours(5));
              assertThat(heard.last).isEqualTo(ObservedTime.ARRIVAL);
              heard.wall(20, Duration.ofHours(5));
              heard.now = heard.now.plusMillis(1_400);
              var late = heard.says(local(heard.now.minusMillis(400).plus(Duration.ofHours(5))));
              assertThat(late.at()).isEqualTo(heard.now.minusMillis(400));
              assertThat(late.quality()).isEqualTo(ALIGNED);
            }),
        row(
            "relative ticks: anchor plus ticks",
            heard -> {
              ticks(heard, 1_000);
              assertThat(heard.last.quality()).isEqualTo(GATEWAY);
              heard.now = START.plusSeconds(3);
              ticks(heard, 1_000 + 25_000); // 2.5 s later, came half a second late
              assertThat(heard.last.at()).isEqualTo(START.plusMillis(2_500));
              assertThat(heard.last.quality()).isEqualTo(ALIGNED);
            }),
        row(
            "relative ticks: watch roll-over",
            heard -> {
              long top = (1L << 32) - 10_000;
              ticks(heard, top);
              heard.now = START.plusSeconds(3);
              ticks(heard, top + 30_000 - (1L << 32));
              assertThat(heard.last.at()).isEqualTo(heard.now);
              assertThat(heard.timeline()).isEqualTo(1);
              heard.now = START.plusSeconds(4);
              ticks(heard, top + 40_000 - (1L << 32));
              assertThat(heard.last.at()).isEqualTo(heard.now);
              assertThat(heard.timeline()).isEqualTo(1);
            }),
        row(
            "relative ticks that begin anew: another timeline",
            heard -> {
              ticks(heard, 5_000_000);
              heard.now = START.plusSeconds(30);
              ticks(heard, 10);
              assertThat(heard.timeline()).isEqualTo(2);
              heard.now = START.plusSeconds(31);
              ticks(heard, 10_010);
              assertThat(heard.last.at()).isEqualTo(heard.now);
            }),
        row(
            "stored measurement from before a clock reset: cannot be mapped, unknown",
            heard -> {
              heard.wall(30, Duration.ZERO);
              var before = heard.now;
              heard.wall(30, Duration.ofHours(2)); // somebody set the clock
              assertThat(heard.timeline()).isEqualTo(2);
              assertThat(heard.kept(local(before)))
                  .isEqualTo(ObservedTime.UNKNOWN)
                  .returns(null, ObservedTime::at);
            }),
        row(
            "stored measurement whose time the clock showed twice: cannot be mapped, unknown",
            heard -> {
              heard.wall(600, Duration.ZERO);
              var shown = local(heard.now.minusSeconds(100));
              heard.wall(300, Duration.ofMinutes(-8));
              assertThat(heard.timeline()).isEqualTo(2);
              assertThat(heard.kept(shown)).isEqualTo(ObservedTime.UNKNOWN);
            }),
        row(
            "stored measurement of this timeline: by anchor",
            heard -> {
              heard.wall(30, Duration.ofHours(1));
              var kept = heard.kept(local(heard.now.minusSeconds(20).plus(Duration.ofHours(1))));
              assertThat(kept.at()).isEqualTo(heard.now.minusSeconds(20));
              assertThat(kept.quality()).isEqualTo(ALIGNED);
            }),
        row(
            "stored measurement without a time: unknown",
            heard -> assertThat(heard.kept(null)).isEqualTo(ObservedTime.UNKNOWN)),
        row(
            "stored measurement of a local clock never heard live: unknown",
            heard -> assertThat(heard.kept(local(START))).isEqualTo(ObservedTime.UNKNOWN)),
        row(
            "a stored measurement is no pair of both clocks",
            heard -> {
              heard.wall(30, Duration.ZERO);
              heard.kept(local(heard.now.minus(Duration.ofDays(2))));
              heard.wall(1, Duration.ZERO);
              assertThat(heard.timeline()).isEqualTo(1);
              assertThat(heard.last.at()).isEqualTo(heard.now);
            }),
        row(
            "time in the future beyond tolerance: none to map by, gateway",
            heard -> {
              var time = heard.says(new DeviceTime.Utc(START.plusSeconds(600), false));
              assertThat(time.or(START)).isEqualTo(START);
              assertThat(time.quality()).isEqualTo(GATEWAY);
            }),
        row(
            "time in the future beyond tolerance: by anchor",
            heard -> {
              heard.stream(20, Duration.ofSeconds(600), false);
              assertThat(heard.last.at()).isEqualTo(heard.now);
              assertThat(heard.last.quality()).isEqualTo(ALIGNED);
              assertThat(heard.clock.status(heard.now).offsetMillis()).isEqualTo(600_000L);
            }),
        row(
            "an age: arrival minus the age, however old",
            heard -> {
              var time = heard.says(new DeviceTime.Ago(Duration.ofDays(3)));
              assertThat(time.at()).isEqualTo(START.minus(Duration.ofDays(3)));
              assertThat(time.quality()).isEqualTo(GATEWAY);
              assertThat(heard.says(new DeviceTime.Ago(Duration.ofMinutes(-9))))
                  .isEqualTo(ObservedTime.ARRIVAL);
            }),
        row(
            "daylight saving, the hour that repeats, without an anchor: unknown",
            heard -> {
              heard.in(BERLIN);
              heard.now = Instant.parse("2026-10-25T00:30:00Z");
              var time = heard.says(new DeviceTime.Local(LocalDateTime.of(2026, 10, 25, 2, 30)));
              assertThat(time.quality()).isEqualTo(UNKNOWN);
              assertThat(time.at()).isNull();
            }),
        row(
            "daylight saving, the hour that repeats, anchored: both times right",
            heard -> {
              heard.in(BERLIN);
              heard.now = Instant.parse("2026-10-24T23:50:00Z");
              for (int minute = 0; minute < 150; minute++) {
                heard.now = heard.now.plusSeconds(60);
                heard.says(new DeviceTime.Local(heard.now.atZone(BERLIN).toLocalDateTime()));
                assertThat(heard.last.at()).isEqualTo(heard.now);
              }
              assertThat(heard.timeline()).isEqualTo(1);
            }),
        row(
            "daylight saving without a zone: the jump back is another timeline",
            heard -> {
              heard.wall(60, Duration.ofHours(2));
              heard.wall(60, Duration.ofHours(1));
              assertThat(heard.timeline()).isEqualTo(2);
              assertThat(heard.last.at()).isEqualTo(heard.now);
            }),
        row(
            "a jump ahead by more than 2 s + 200 ppm: another timeline",
            heard -> {
              heard.wall(60, Duration.ZERO);
              heard.wall(60, Duration.ofMillis(1_900));
              assertThat(heard.timeline()).isEqualTo(1);
              heard.wall(60, Duration.ofMillis(1_900 + 2_200));
              assertThat(heard.timeline()).isEqualTo(2);
              assertThat(heard.last.at()).isEqualTo(heard.now);
            }),
        row(
            "a day of silence, then 15 s off: within 200 ppm, the same timeline",
            heard -> {
              heard.wall(60, Duration.ZERO);
              heard.now = heard.now.plus(Duration.ofDays(1));
              heard.wall(1, Duration.ofSeconds(15));
              assertThat(heard.timeline()).isEqualTo(1);
              heard.now = heard.now.plus(Duration.ofDays(1));
              heard.wall(1, Duration.ofSeconds(45));
              assertThat(heard.timeline()).isEqualTo(2);
            }),
        row(
            "an event says that the clock was set: another timeline",
            heard -> {
              heard.wall(60, Duration.ZERO);
              heard.clock.observe(new DeviceEvent("time-changed", "", null), heard.now);
              assertThat(heard.kept(local(heard.now.minusSeconds(30))))
                  .isEqualTo(ObservedTime.UNKNOWN);
              heard.wall(1, Duration.ofMillis(700));
              assertThat(heard.timeline()).isEqualTo(2);
            }),
        row(
            "an older value of the same burst is no jump back",
            heard -> {
              heard.wall(60, Duration.ZERO);
              var older = heard.says(local(heard.now.minusSeconds(40)));
              assertThat(older.at()).isEqualTo(heard.now.minusSeconds(40));
              heard.wall(1, Duration.ZERO);
              assertThat(heard.timeline()).isEqualTo(1);
            }),
        row(
            "a clock that goes on after a lag for longer than the window was set back",
            heard -> {
              heard.wall(60, Duration.ZERO);
              heard.now = heard.now.plusSeconds(120);
              heard.wall(30, Duration.ofSeconds(-100));
              assertThat(heard.last.at()).isEqualTo(heard.now.minusSeconds(100)); // late, it seems
              heard.wall(700, Duration.ofSeconds(-100));
              assertThat(heard.timeline()).isEqualTo(2);
              assertThat(heard.last.at()).isEqualTo(heard.now);
            }),
        row(
            "drift is measured and is no jump: 50 ppm fast for three hours",
            heard -> {
              for (int i = 0; i < 3 * 3_600; i++) {
                heard.now = heard.now.plusSeconds(1);
                long delayMillis = 20 + (i * 37L) % 180;
                long trueMillis = heard.now.toEpochMilli() - delayMillis;
                long gained = (trueMillis - START.toEpochMilli()) * 50 / 1_000_000;
                heard.says(local(Instant.ofEpochMilli(trueMillis + gained)));
                assertThat(millis(heard.last.or(heard.now)) - trueMillis)
                    .isBetween(0L, (long) Math.max(180, heard.last.uncertaintyMillis()));
              }
              var status = heard.clock.status(heard.now);
              assertThat(status.timeline()).isEqualTo(1);
              assertThat(status.driftPpm()).isBetween(40L, 60L);
            }),
        row(
            "a newer device time is never mapped before an older one",
            heard -> {
              heard.wall(60, Duration.ZERO);
              heard.now = heard.now.plusSeconds(2);
              heard.says(local(heard.now.minusMillis(1_000)));
              var before = millis(heard.last.or(heard.now));
              heard.now = heard.now.plusMillis(200);
              heard.says(local(heard.now.minusMillis(900).plusMillis(900)));
              assertThat(millis(heard.last.or(heard.now))).isGreaterThanOrEqualTo(before);
            }),
        row(
            "a time of no calendar is no time",
            heard -> {
              assertThat(heard.says(new DeviceTime.Utc(Instant.MAX, true)))
                  .isEqualTo(ObservedTime.ARRIVAL);
              assertThat(heard.kept(new DeviceTime.Utc(Instant.MIN, true)))
                  .isEqualTo(ObservedTime.UNKNOWN);
              assertThat(heard.says(new DeviceTime.Local(LocalDateTime.MAX)))
                  .isEqualTo(ObservedTime.ARRIVAL);
              assertThat(heard.says(new DeviceTime.Ticks(Long.MAX_VALUE, Duration.ofSeconds(1))))
                  .isEqualTo(ObservedTime.ARRIVAL);
              assertThat(heard.says(new DeviceTime.Ticks(1, Duration.ZERO)))
                  .isEqualTo(ObservedTime.ARRIVAL);
              assertThat(heard.says(new DeviceTime.Ago(Duration.ofSeconds(Long.MAX_VALUE))))
                  .isEqualTo(ObservedTime.ARRIVAL);
            }));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void whatTheDeviceSendsIsTakenAsTheRowSays(String row, Consumer<Heard> check) {
    assertThat(row).isNotBlank();
    check.accept(new Heard());
  }

  private static Arguments row(String wording, Consumer<Heard> check) {
    return Arguments.of(wording, check);
  }

  private static void ticks(Heard heard, long count) {
    heard.says(new DeviceTime.Ticks(count, TICK));
  }

  private static DeviceTime local(Instant wall) {
    return new DeviceTime.Local(LocalDateTime.ofInstant(wall, ZoneOffset.UTC));
  }

  private static long millis(Instant instant) {
    return instant.toEpochMilli();
  }
}
