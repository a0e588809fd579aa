package io.medtwin.sync;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Tells the life of the connection in few lines: connected, lost, back after how long. While it is
 * down each new reason is told once, and repetitions are counted. Used by one thread; times are
 * {@link System#nanoTime}.
 */
final class Outage {

  enum Level {
    INFO,
    WARN,
    ERROR
  }

  /** One line for the log. */
  record Line(Level level, String text) {}

  private boolean before;
  private long sinceNanos;
  private long attempts;
  private String told = "";

  Outage(long nowNanos) {
    sinceNanos = nowNanos;
  }

  /** A session is open. */
  Line over(String who, long nowNanos) {
    String down =
        "after "
            + Duration.ofMillis((nowNanos - sinceNanos) / 1_000_000)
            + ", "
            + attempts
            + (attempts == 1 ? " attempt failed" : " attempts failed");
    String line =
        before ? "back " + down : "connected as " + who + (attempts == 0 ? "" : " " + down);
    before = true;
    attempts = 0;
    told = "";
    return new Line(Level.INFO, line);
  }

  /**
   * The session is gone.
   *
   * @param inFlight commands that were answered Busy for it
   */
  Line lost(String why, int inFlight, long nowNanos) {
    sinceNanos = nowNanos;
    return new Line(
        Level.WARN,
        "lost ("
            + why
            + "), "
            + inFlight
            + " commands in flight are busy; twins wait in the outbox, reconnecting");
  }

  /**
   * An attempt failed.
   *
   * @param slowly the delay until the next, if it needs somebody to act; else null
   * @return null if this was told already
   */
  @Nullable Line failed(String why, @Nullable Duration slowly) {
    attempts++;
    if (why.equals(told)) {
      return null;
    }
    told = why;
    return slowly == null
        ? new Line(Level.WARN, "cannot connect (" + why + "); trying again with growing delays")
        : new Line(Level.ERROR, "cannot connect: " + why + "; trying again each " + slowly);
  }
}
