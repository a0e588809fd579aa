package io.medtwin.twin.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * How many commands may be in flight in total, and how many may be sent in a second. Learns both
 * from the answers.
 *
 * <p>In flight: one more after each full round of good answers, fewer when answers take so much
 * longer than the quickest that commands must be queueing at the backend (the rule of TCP Vegas: an
 * alert would wait behind that queue, and nothing is the faster for it), half after a busy one.
 * Between 1 and {@link #MAX}.
 *
 * <p>Rate: without a limit until the backend refuses one (429). Then one command each 10 ms (each
 * second, after the first) feels for the moment when it takes commands again: a limit that counts
 * by the second began to count one second before that moment, and what it took since then is what
 * it takes in a second. A little less is used, evenly spread, so that it refuses no more. Whether
 * it takes more is tried seldom, and more seldom each time it does not. Owned by one thread.
 */
public final class WriteBudget {

  /** More in flight is not faster: seen on a real server, 256 in flight halved the rate of 128. */
  public static final int MAX = 64;

  private static final int START = 16;

  /** So many are in flight even where they queue: a backend that works side by side needs them. */
  private static final int QUEUEING_MIN = 10;

  /** Commands that may queue at the backend before fewer are sent, and before no more are. */
  private static final double QUEUE_MOST = 10;

  private static final double QUEUE_FEW = 5;

  /** How long a quickest answer is believed in: the way to the backend may have grown longer. */
  private static final Duration QUICKEST_SPAN = Duration.ofSeconds(30);

  /** Share of what the backend was seen to take that is used. */
  private static final double SHARE = 0.98;

  /** What is left of the rate when it was still too high. */
  private static final double LESS = 0.9;

  private static final double MORE = 1.1;

  /** Distance of commands that feel for the end of a refusal. */
  public static final Duration FEEL = Duration.ofMillis(10);

  private static final int RECENT_MILLIS = 2_500;

  private static final Duration FIRST_TRIAL = Duration.ofMinutes(2);
  private static final Duration LONGEST_TRIAL = Duration.ofMinutes(30);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MOST_SAVED = Duration.ofMillis(50);

  private int limit = START;
  private int goodInARow;
  private int inFlight;
  private double millisInARow;
  private double quickest = Double.MAX_VALUE;
  private double quickestBefore = Double.MAX_VALUE;
  private Instant quickestSince = Instant.MIN;

  private double rate = Double.POSITIVE_INFINITY;
  private double tokens;
  private Instant filledAt = Instant.MIN;
  private Instant refusedAt = Instant.MIN;
  private boolean feeling;

  /** Good answers of the last while, in each millisecond. */
  private final int[] recent = new int[RECENT_MILLIS];

  private long recentMilli;
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
    if (feeling) {
      filledAt = now; // the next one after FEEL
    }
  }

  /**
   * One was answered, other than busy.
   *
   * @param took from sending to its answer; not counted where it is negative, since the clock was
   *     set back
   */
  public void good(Instant now, Duration took) {
    inFlight--;
    if (feeling && now.minus(took).isAfter(refusedAt)) {
      learn(now);
    }
    count(now);
    if (!took.isNegative()) {
      measure(now, took.toNanos() / 1e6);
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
    millisInARow = 0;
    if (!tooMany) {
      limit = Math.max(1, limit / 2);
      return;
    }
    forward(now);
    if (feeling || isSameWave(now)) {
      return;
    }
    refusedAt = now;
    tokens = 0;
    int before = goodBetween(now.minus(SECOND), now);
    if (isRateLimited()) {
      var longer = trialPause.multipliedBy(2);
      trialPause = longer.compareTo(LONGEST_TRIAL) > 0 ? LONGEST_TRIAL : longer;
      limitTo(Math.min(LESS * rate, SHARE * before), now);
      filledAt = now.plus(SECOND); // the backend's second must be over first
    } else {
      feeling = true;
      rate = LESS * before; // where feeling for it tells nothing
      filledAt = now;
    }
  }

  /** A second and a bit, since answers come as they come. */
  private boolean isFeltQuickly(Instant now) {
    return now.isBefore(refusedAt.plus(SECOND).plus(MOST_SAVED));
  }

  private boolean isSameWave(Instant now) {
    return refusedAt != Instant.MIN
        && !now.isBefore(refusedAt)
        && now.isBefore(refusedAt.plus(SECOND));
  }

  /**
   * The backend takes commands again. If it does so within a second, it counts by the second: what
   * it took from one second ago until it refused is what it takes.
   */
  private void learn(Instant now) {
    feeling = false;
    forward(now);
    var from = now.minus(SECOND).minus(FEEL);
    limitTo(isFeltQuickly(now) ? SHARE * goodBetween(from, refusedAt) : rate, now);
    filledAt = now;
  }

  private void limitTo(double perSecond, Instant now) {
    rate = Math.max(1, perSecond);
    nextTrial = now.plus(trialPause);
  }

  /** Whether it allows so few that it wants to be asked each {@link #FEEL}. */
  public boolean isRateLimited() {
    return rate != Double.POSITIVE_INFINITY;
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

  private void measure(Instant now, double millis) {
    rememberQuickest(now, millis);
    goodInARow++;
    millisInARow += millis;
    if (goodInARow >= limit) {
      adjust(millisInARow / goodInARow);
      goodInARow = 0;
      millisInARow = 0;
    }
  }

  private void adjust(double millis) {
    double base = Math.min(quickest, quickestBefore);
    double queueing = millis <= base ? 0 : limit * (1 - base / millis);
    if (queueing > QUEUE_MOST && limit > QUEUEING_MIN) {
      limit = Math.max(QUEUEING_MIN, limit - Math.max(1, limit / 8));
    } else if (queueing < QUEUE_FEW && limit < MAX) {
      limit++;
    }
  }

  private void rememberQuickest(Instant now, double millis) {
    boolean over = now.isBefore(quickestSince) || now.isAfter(quickestSince.plus(QUICKEST_SPAN));
    if (quickestSince == Instant.MIN || over) {
      quickestBefore = quickest;
      quickest = millis;
      quickestSince = now;
    }
    quickest = Math.min(quickest, millis);
  }

  private boolean hasToken(Instant now) {
    if (!isRateLimited()) {
      return true;
    }
    if (feeling) {
      if (filledAt.isAfter(now.plus(SECOND))) {
        filledAt = now; // the clock was set back
      }
      return !now.isBefore(filledAt.plus(isFeltQuickly(now) ? FEEL : SECOND));
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

  private void count(Instant now) {
    forward(now);
    recent[index(recentMilli)]++;
  }

  private int goodBetween(Instant from, Instant until) {
    int good = 0;
    long first = Math.max(from.toEpochMilli(), recentMilli - recent.length + 1);
    for (long milli = first; milli <= until.toEpochMilli(); milli++) {
      good += recent[index(milli)];
    }
    return good;
  }

  /** Makes {@code now} the last millisecond; after a step back of the clock all is empty. */
  private void forward(Instant now) {
    long milli = now.toEpochMilli();
    if (milli < recentMilli || milli - recentMilli >= recent.length) {
      Arrays.fill(recent, 0);
      recentMilli = milli;
    }
    while (recentMilli < milli) {
      recentMilli++;
      recent[index(recentMilli)] = 0;
    }
  }

  private int index(long milli) {
    return Math.floorMod(milli, recent.length);
  }
}
