package io.medtwin.app.self;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;

/**
 * When a disk will be full at the pace of the last day: one sample of its free room each 10
 * minutes, a straight line from the oldest to the newest, once there is an hour of them. Used by
 * one thread.
 */
public final class DiskForecast {

  private static final Duration STEP = Duration.ofMinutes(10);
  private static final int MOST = 145;
  private static final Duration LEAST = Duration.ofHours(1);

  /** Further ahead nobody can tell. */
  private static final double MOST_DAYS = 3_650;

  private final Deque<Sample> samples = new ArrayDeque<>();

  private record Sample(Instant at, long free) {}

  /** Begins without a sample. */
  public DiskForecast() {}

  /** The disk has so many bytes free now. */
  public void seen(Instant now, long free) {
    var last = samples.peekLast();
    if (last != null && now.isBefore(last.at())) {
      samples.clear(); // the clock was set back
    } else if (last != null && now.isBefore(last.at().plus(STEP))) {
      return;
    }
    if (samples.size() == MOST) {
      samples.removeFirst();
    }
    samples.add(new Sample(now, free));
  }

  /** Days until it is full; empty where it does not fill, or where that cannot be told yet. */
  public OptionalDouble days() {
    var first = samples.peekFirst();
    var last = samples.peekLast();
    if (first == null || last == null || last.at().isBefore(first.at().plus(LEAST))) {
      return OptionalDouble.empty();
    }
    double days = Duration.between(first.at(), last.at()).toMillis() / 86_400_000.0;
    double perDay = (first.free() - last.free()) / days;
    double left = last.free() / perDay;
    return perDay > 0 && left <= MOST_DAYS ? OptionalDouble.of(left) : OptionalDouble.empty();
  }
}
