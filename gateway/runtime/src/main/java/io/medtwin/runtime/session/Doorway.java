package io.medtwin.runtime.session;

import org.jspecify.annotations.Nullable;

/**
 * Where a driver comes by each time it waits for its device. Shows from outside whether it does,
 * and is the one place where it can be asked to leave without a loss: nothing is half read or half
 * told there. The driver's thread passes, any other thread looks and asks.
 */
final class Doorway {

  /**
   * Most reports between two waits: as many as bytes fit into what a link looks at, so that no
   * driver can need more for what it read once.
   */
  static final int MOST_REPORTS = 65_536;

  /** Nothing came when the driver waited last. */
  static final long NOTHING = Long.MIN_VALUE;

  private volatile long broughtAt = NOTHING;
  private @Nullable Thread waiting;
  private long entries;
  private long passages;
  private boolean asked;
  private volatile boolean closed;
  private volatile boolean telling;
  private int told;

  /**
   * What is to be seen of a driver.
   *
   * @param entries how often it began to wait
   * @param passages how often it waited without a failure
   * @param waiting whether it waits now
   * @param telling whether it hands over a report now
   */
  record Look(long entries, long passages, boolean waiting, boolean telling) {

    /** Whether it did what a driver does since {@code before}. */
    boolean isAliveSince(Look before) {
      return passages != before.passages || telling || (waiting && entries == before.entries);
    }
  }

  /**
   * The driver begins to wait for its device.
   *
   * @throws InterruptedException it was asked to leave
   */
  synchronized void enter() throws InterruptedException {
    told = 0;
    entries++;
    if (asked) {
      throw new InterruptedException("another driver takes over");
    }
    waiting = Thread.currentThread();
  }

  /**
   * The driver waits no more.
   *
   * @param came whether that was without a failure
   */
  synchronized void leave(boolean came) {
    waiting = null;
    if (came) {
      passages++;
      if (asked) {
        var unused = Thread.interrupted(); // what came in the same moment is taken first
      }
    }
  }

  /** What the wait ended with: the wire's time if something came, else {@link #NOTHING}. */
  void brought(long nanoTime) {
    broughtAt = nanoTime;
  }

  /** When that came which the driver works on, in the wire's time, or {@link #NOTHING}. */
  long broughtAt() {
    return broughtAt;
  }

  /**
   * The driver hands over a report, which may take as long as the journal has no room.
   *
   * @throws IllegalStateException it tells without end, or was given up
   */
  void beginTelling() {
    if (closed) {
      throw new IllegalStateException("this driver was given up: it may tell nothing more");
    }
    if (++told > MOST_REPORTS) {
      throw new IllegalStateException(
          "more than " + MOST_REPORTS + " reports of what it read once");
    }
    telling = true;
  }

  /** The report is handed over. */
  void endTelling() {
    telling = false;
  }

  /** Asks the driver to leave as soon as it waits. */
  synchronized void ask() {
    asked = true;
    if (waiting != null) {
      waiting.interrupt();
    }
  }

  /** Whether it was asked; from then on it was not. */
  synchronized boolean takeAsked() {
    boolean was = asked;
    asked = false;
    return was;
  }

  /** Lets nothing more through: the driver was given up. */
  void close() {
    closed = true;
  }

  /**
   * Whether the driver was given up: its session has nothing more to say, of devices or of links.
   */
  boolean isClosed() {
    return closed;
  }

  synchronized Look look() {
    return new Look(entries, passages, waiting != null, telling);
  }
}
