package io.medtwin.twin.clock;

import io.medtwin.spi.DeviceTime;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Device times as milliseconds on the device's own axis, and how fine they are. Pure functions; a
 * time beyond any clock's range is {@link #NONE}.
 */
final class DeviceMillis {

  /** No such time. */
  static final long NONE = Long.MIN_VALUE;

  /** About the year 33 000: what a clock counts never comes near it. */
  private static final long MAX_SECONDS = 1_000_000_000_000L;

  private static final Duration LONGEST_TICK = Duration.ofHours(1);

  /** Leaves room for the roll-overs that are added to it. */
  private static final long MAX_TICKS_NANOS = Long.MAX_VALUE / 4;

  private static final int NANOS_PER_MILLI = 1_000_000;
  private static final long MILLIS_PER_SECOND = 1_000;

  private DeviceMillis() {}

  static long of(DeviceTime.Utc utc) {
    var instant = utc.instant();
    return of(instant.getEpochSecond(), instant.getNano());
  }

  /** As if the wall clock stood in Greenwich. */
  static long of(LocalDateTime local) {
    return of(local.toEpochSecond(ZoneOffset.UTC), local.getNano());
  }

  private static long of(long seconds, int nano) {
    return Math.abs(seconds) > MAX_SECONDS
        ? NONE
        : seconds * MILLIS_PER_SECOND + nano / NANOS_PER_MILLI;
  }

  /** Whether the counter is one: not negative, a tick of at most an hour, less than 70 years. */
  static boolean isUsable(DeviceTime.Ticks ticks) {
    var tick = ticks.tick();
    if (tick.isNegative() || tick.isZero() || tick.compareTo(LONGEST_TICK) > 0) {
      return false;
    }
    return ticks.count() >= 0 && ticks.count() <= MAX_TICKS_NANOS / tick.toNanos();
  }

  /** Length of so many ticks. */
  static long ofTicks(long count, long tickNanos) {
    return count * tickNanos / NANOS_PER_MILLI;
  }
}
