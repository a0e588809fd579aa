package io.medtwin.twin.outbox;

import java.time.Duration;
import java.time.Instant;

/**
 * How many commands may be in flight in total, and how many may be sent in a second. Learns both
 * from the answers.
 *
 * <p>In flight: one more after each full round of good answers, half after a busy one (additive
 * increase, multiplicative decrease), between 1 and {@link #MAX}.
 *
 * <p>Rate: without a limit until the backend refuses one (429). From then on a little less than
 * what it took in the last second, evenly spread, so that it refuses no more. Whether it takes more
 * is tried seldom, and more seldom each time it does not. Owned by one thread.
 */
public final class WriteBudget {

  /** More in flight is not faster: seen on a real server, 256 in flight halved the rate of 128. */
  public static final int MAX = 64;

  private static final int START = 16;

  /** Share of what the backend was seen to take that is used. */
  private static final double SHARE = 0.95;

  private static final double MORE = 1.05;
  private static final Duration FIRST_TRIAL = Duration.ofSeconds(30);
  private static final Duration LONGEST_TRIAL = Duration.ofMinutes(10);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MOST_SAVED = Duration.ofMillis(50);

  private int limit = START;
  private int goodInARow;
  private int inFlight;

  private double rate = Double.POSITIVE_INFINITY;
  private double tokens;
  private Instant filledAt = Instant.MIN;
  private Instant windowStart = Instant.MIN;
  private int goodInWindow;
  private int goodInLastWindow;
  private Instant refusedAt = Instant.MIN;
  private Instant nextTrial = Instant.MAX;
  private Duration trialPause = FIRST_TRIAL;

  /** Whether one more may be sent. */
  public boolean allows(Instant now) {
    return inFlight < limit && hasToken(now);
  }

  /** One was sent. */
  public void sent(Instant now) {
    inFlight++;
    if (isRateLimited() && hasToken(now)) {
      tokens -= 1;
    }
  }

  /** One was answered, other than busy. */
  public void good(Instant now) {
    inFlight--;
    roll(now);
    goodInWindow++;
    if (++goodInARow >= limit && limit < MAX) {
      limit++;
      goodInARow = 0;
    }
    if (isRateLimited() && !now.isBefore(nextTrial)) {
      rate *= MORE;
      nextTrial = now.plus(trialPause);
    }
  }

  /**
   * One was answered busy.
   *
   * @param tooMany the backend said that there were too many (429), rather than nothing
   */
  public void busy(Instant now, boolean tooMany) {
    inFlight--;
    goodInARow = 0;
    if (!tooMany) {
      limit = Math.max(1, limit / 2);
      return;
    }
    if (refusedAt != Instant.MIN && now.isBefore(refusedAt.plus(SECOND))) {
      return; // of the same wave
    }
    roll(now);
    if (isRateLimited()) {
      var longer = trialPause.multipliedBy(2);
      trialPause = longer.compareTo(LONGEST_TRIAL) > 0 ? LONGEST_TRIAL : longer;
    }
    refusedAt = now;
    rate = Math.max(1, SHARE * Math.max(goodInWindow, goodInLastWindow));
    tokens = 0;
    filledAt = now.plus(SECOND); // the backend's second must be over first
    nextTrial = now.plus(trialPause);
  }

  /** Most in flight now. */
  public int limit() {
    return limit;
  }

  /** In flight now. */
  public int inFlight() {
    return inFlight;
  }

  /** Most in a second, infinite where the backend never refused. */
  public double rate() {
    return rate;
  }

  private boolean isRateLimited() {
    return rate != Double.POSITIVE_INFINITY;
  }

  private boolean hasToken(Instant now) {
    if (!isRateLimited()) {
      return true;
    }
    if (now.isAfter(filledAt)) {
      double gained = Duration.between(filledAt, now).toNanos() / 1e9 * rate;
      double most = Math.max(1, MOST_SAVED.toNanos() / 1e9 * rate);
      tokens = Math.min(most, tokens + gained);
      filledAt = now;
    } else if (filledAt.isAfter(now.plus(SECOND))) {
      filledAt = now; // the clock was set back
    }
    return tokens >= 1;
  }

  private void roll(Instant now) {
    if (windowStart == Instant.MIN || now.isBefore(windowStart)) {
      windowStart = now;
    }
    if (!now.isBefore(windowStart.plus(SECOND))) {
      boolean next = now.isBefore(windowStart.plus(SECOND.multipliedBy(2)));
      goodInLastWindow = next ? goodInWindow : 0;
      goodInWindow = 0;
      windowStart = now;
    }
  }
}
