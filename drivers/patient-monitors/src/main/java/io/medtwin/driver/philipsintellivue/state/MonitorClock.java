package io.medtwin.driver.philipsintellivue.state;

import io.medtwin.driver.philipsintellivue.wire.SystemFacts;
import io.medtwin.driver.philipsintellivue.wire.Ticks;
import io.medtwin.spi.DeviceTime;
import java.time.Duration;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * The two times of a monitor: a counter that dates nearly everything, and a wall clock that dates
 * what was measured once. The event that begins an association tells both of one moment, so all
 * times can be told on the counter.
 *
 * @param absolute wall clock at that moment, or null while unknown
 * @param ticks counter at that moment
 */
record MonitorClock(@Nullable LocalDateTime absolute, long ticks) {

  private static final long RANGE = 1L << 32;

  /** Knows no pair. */
  static MonitorClock unknown() {
    return new MonitorClock(null, 0);
  }

  /** The pair that facts tell; this one where they tell none. */
  MonitorClock with(SystemFacts facts) {
    var counter = facts.relativeTicks();
    return facts.absoluteTime() == null || counter == null
        ? this
        : new MonitorClock(facts.absoluteTime(), counter);
  }

  /** A count as a time. */
  static DeviceTime at(long ticks) {
    return new DeviceTime.Ticks(ticks, Ticks.STEP);
  }

  /** A wall-clock time, on the counter if the pair is known and the counter had begun. */
  DeviceTime at(LocalDateTime stamp) {
    if (absolute == null) {
      return new DeviceTime.Local(stamp);
    }
    var since = Duration.between(absolute, stamp);
    long count = ticks + since.toMillis() * (Ticks.PER_SECOND / 1_000);
    return count < 0 || count >= RANGE ? new DeviceTime.Local(stamp) : at(count);
  }
}
