package io.medtwin.twin.outbox;

/**
 * How many commands may be in flight in total. Learns from the answers: one more after each full
 * round of good ones, half after a busy one (additive increase, multiplicative decrease). Between 1
 * and {@link #MAX}. Owned by one thread.
 */
public final class WriteBudget {

  /** More in flight is not faster: seen on a real server, 256 in flight halved the rate of 128. */
  public static final int MAX = 64;

  private static final int START = 16;

  private int limit = START;
  private int goodInARow;
  private int inFlight;

  /** Whether one more may be sent. */
  public boolean allows() {
    return inFlight < limit;
  }

  /** One was sent. */
  public void sent() {
    inFlight++;
  }

  /** One was answered, other than busy. */
  public void good() {
    inFlight--;
    if (++goodInARow >= limit && limit < MAX) {
      limit++;
      goodInARow = 0;
    }
  }

  /** One was answered busy. */
  public void busy() {
    inFlight--;
    goodInARow = 0;
    limit = Math.max(1, limit / 2);
  }

  /** Most in flight now. */
  public int limit() {
    return limit;
  }

  /** In flight now. */
  public int inFlight() {
    return inFlight;
  }
}
