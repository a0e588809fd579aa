package io.medtwin.runtime.session;

import io.medtwin.journal.Journal;
import io.medtwin.twin.keeper.TwinKeeper;
import io.medtwin.twin.tap.Taps;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * One link with its driver, alive on the thread of the caller and under a time that the caller lets
 * pass: the same session as any other, for what was recorded. Used by one thread.
 */
public final class StillSession {

  private final LinkSession session;
  private final Unclaimed unclaimed = new Unclaimed();

  /** Lets time pass. */
  public interface Pauses {

    /** So long nothing is to happen. */
    void pass(Duration pause) throws InterruptedException;
  }

  /**
   * A session that has not begun.
   *
   * @param keeper started without a thread
   * @param clock the time that the caller lets pass
   * @param random for pauses; the same one gives the same pauses
   * @param taps told what the link carries
   */
  public StillSession(
      SessionPlan plan,
      Journal journal,
      TwinKeeper keeper,
      InstantSource clock,
      RandomGenerator random,
      Taps taps) {
    var doorway = new Doorway();
    var reporter =
        new Reporter(
            journal,
            keeper,
            clock,
            new ConcurrentHashMap<>(),
            unclaimed,
            taps,
            doorway,
            new ReadingTimes());
    session = new LinkSession(plan, reporter, doorway, keeper::tookBefore, clock, random, taps);
  }

  /**
   * Opens the link, runs the driver, and begins again when either ends, until {@link #stop}, which
   * the transport calls.
   */
  public void live(Pauses pauses) {
    var loader = Thread.currentThread().getContextClassLoader();
    try {
      session.live(pauses);
    } finally {
      Thread.currentThread().setContextClassLoader(loader);
    }
  }

  /** Lets {@link #live} return as soon as the driver does. */
  public void stop(String why) {
    session.stop(why);
  }

  /** What the link carried and threw away. */
  public LinkCounts counts() {
    return session.counts();
  }

  /** Devices heard that nobody configured. */
  public int unclaimed() {
    return unclaimed.list().size();
  }
}
