package io.medtwin.console.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Wrong tries by user and by address: the fifth in a row costs 30 s, each further one twice as
 * much, 15 min at most. Any thread.
 */
final class Throttle {

  /** Tries that cost nothing. */
  static final int FREE = 5;

  /** Most names and addresses remembered; the one asked for longest ago is forgotten. */
  static final int MOST = 10_000;

  private static final Duration FIRST = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofMinutes(15);

  /** After so long without a wrong try, all is forgotten. */
  private static final Duration FORGOTTEN = Duration.ofHours(1);

  private record Tries(int count, Instant last, Instant until) {}

  private final InstantSource clock;
  private final Map<String, Tries> tries =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Tries> eldest) {
          return size() > MOST;
        }
      };

  Throttle(InstantSource clock) {
    this.clock = clock;
  }

  /** How long somebody must wait before the next try. */
  synchronized Duration left(String who) {
    var known = tries.get(who);
    var now = clock.instant();
    return known != null && known.until().isAfter(now)
        ? Duration.between(now, known.until())
        : Duration.ZERO;
  }

  /** Counts a try as wrong; {@link #right} takes that back. */
  synchronized void tried(String who) {
    var now = clock.instant();
    var known = tries.get(who);
    boolean goesOn = known != null && !known.last().plus(FORGOTTEN).isBefore(now);
    int count = goesOn && known != null ? known.count() + 1 : 1;
    tries.put(who, new Tries(count, now, now.plus(costOf(count))));
  }

  /** The last try was right. */
  synchronized void right(String who) {
    tries.remove(who);
  }

  private static Duration costOf(int count) {
    if (count < FREE) {
      return Duration.ZERO;
    }
    var cost = FIRST.multipliedBy(1L << Math.min(count - FREE, 10));
    return cost.compareTo(LONGEST) > 0 ? LONGEST : cost;
  }
}
