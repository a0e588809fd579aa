package io.medtwin.runtime.session;

import io.medtwin.journal.Journal;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Writes news of unclaimed devices to the journal every few seconds, so that they survive a restart
 * and another process can list them. One virtual thread.
 */
final class UnclaimedKeeper implements AutoCloseable {

  private static final Duration PERIOD = Duration.ofSeconds(2);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

  private final Unclaimed unclaimed;
  private final Journal journal;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("unclaimed").unstarted(this::run);

  UnclaimedKeeper(Unclaimed unclaimed, Journal journal) {
    this.unclaimed = unclaimed;
    this.journal = journal;
  }

  void start() {
    thread.start();
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      var unused = thread.join(CLOSE_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    boolean last = false;
    while (!last) {
      try {
        last = closing.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        last = true;
      }
      var news = unclaimed.news();
      if (!news.isEmpty()) {
        journal.unclaimed(news.newer(), news.gone());
      }
    }
  }
}
