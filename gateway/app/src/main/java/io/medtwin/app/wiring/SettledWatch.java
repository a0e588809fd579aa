package io.medtwin.app.wiring;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Looks once a second at files, and acts on their state when it is another and stayed the same for
 * a second, so that half a file is never read. What is there when the watch is made counts as acted
 * on. One virtual thread.
 */
final class SettledWatch implements AutoCloseable {

  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Supplier<?> stamp;
  private final Action action;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private Object applied;

  /** What is done about it. */
  interface Action {
    void act() throws InterruptedException;
  }

  /**
   * A watch that does not look yet.
   *
   * @param name of its thread
   * @param stamp what shows that something is another
   */
  SettledWatch(String name, Supplier<?> stamp, Action action) {
    this.stamp = stamp;
    this.action = action;
    this.applied = stamp.get();
    this.thread = Thread.ofVirtual().name(name).unstarted(this::follow);
  }

  void start() {
    thread.start();
  }

  @Override
  public void close() {
    closing.countDown();
  }

  private void follow() {
    var before = applied;
    try {
      while (!closing.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        Object now = stamp.get();
        if (!now.equals(applied) && now.equals(before)) {
          applied = now;
          action.act();
        }
        before = now;
      }
    } catch (InterruptedException e) {
      // the way out
    }
  }
}
