package io.medtwin.runtime.session;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something once a second until it is closed, whatever that throws. One virtual thread. */
final class Watch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
  private static final long LOOK_MILLIS = 1_000;

  private final Runnable look;
  private final CountDownLatch closing = new CountDownLatch(1);

  Watch(Runnable look) {
    this.look = look;
  }

  void start() {
    Thread.ofVirtual().name("sessions-watch").start(this::run);
  }

  private void run() {
    try {
      while (!closing.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        try {
          look.run();
        } catch (RuntimeException e) {
          LOG.error("looking at the sessions failed; it is done again in a second", e);
        }
      }
    } catch (InterruptedException e) {
      // the way out
    }
  }

  @Override
  public void close() {
    closing.countDown();
  }
}
