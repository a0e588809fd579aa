package io.medtwin.twin.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When a device may send next: windows between merges, back-off with jitter after trouble. Owned by
 * one thread.
 */
final class Pace {

  static final Duration RETRY_MIN = Duration.ofMillis(500);
  static final Duration RETRY_MAX = Duration.ofSeconds(60);

  private final RandomGenerator random;
  private @Nullable Instant dueAt;
  private Instant notBefore = Instant.MIN;
  private Instant lastSent = Instant.MIN;
  private int busyInARow;
  private boolean unreachable;

  Pace(RandomGenerator random) {
    this.random = random;
  }

  /**
   * Something is to be told {@code soonest} from now, but not sooner than {@code window} after the
   * last merge.
   */
  void due(Instant now, Duration window, Duration soonest) {
    var earliest = now.plus(soonest);
    if (lastSent != Instant.MIN && lastSent.plus(window).isAfter(earliest)) {
      earliest = lastSent.plus(window);
    }
    if (dueAt == null || earliest.isBefore(dueAt)) {
      dueAt = earliest;
    }
  }

  boolean mayTry(Instant now) {
    followClock(now);
    return !now.isBefore(notBefore);
  }

  /** Nothing waits for a time that is further ahead than any pause: the clock was set back. */
  private void followClock(Instant now) {
    var furthest = now.plus(RETRY_MAX);
    if (notBefore.isAfter(furthest)) {
      notBefore = now;
    }
    if (dueAt != null && dueAt.isAfter(furthest)) {
      dueAt = now;
    }
    if (lastSent.isAfter(furthest)) {
      lastSent = now;
    }
  }

  boolean isDue(Instant now) {
    return dueAt != null && !now.isBefore(dueAt);
  }

  /** Whether nothing was sent for that long. */
  boolean isQuietFor(Duration span, Instant now) {
    return lastSent != Instant.MIN && !now.isBefore(lastSent.plus(span));
  }

  void sent(Instant now, @Nullable Instant nextDue) {
    dueAt = nextDue;
    lastSent = now;
  }

  void dueNow(Instant now) {
    dueAt = now;
  }

  /** The backend answered: no reason to wait. */
  void answered(Instant now) {
    busyInARow = 0;
    unreachable = false;
    notBefore = now;
  }

  /** The backend is busy or out of reach: wait longer each time. */
  void busy(Instant now, boolean outOfReach) {
    unreachable = outOfReach;
    var delay = RETRY_MIN.multipliedBy(1L << Math.min(busyInARow, 10));
    notBefore = now.plus(jittered(delay.compareTo(RETRY_MAX) > 0 ? RETRY_MAX : delay));
    busyInARow++;
  }

  void parked(Instant now, Duration span) {
    notBefore = now.plus(jittered(span));
  }

  /** The backend is back: what failed for want of a connection is tried at once. */
  void reconnected(Instant now) {
    if (unreachable) {
      unreachable = false;
      busyInARow = 0;
      notBefore = now;
    }
  }

  /** Half of it certain, half of it by chance, so that devices do not come back together. */
  private Duration jittered(Duration delay) {
    long half = delay.toMillis() / 2;
    return Duration.ofMillis(half + random.nextLong(half + 1));
  }
}
