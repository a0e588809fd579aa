package io.medtwin.app.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The end of a command that runs until it is told to stop: by Ctrl-C, SIGTERM, or {@link #ask}. The
 * process then waits until the command has put everything away, at most ten seconds. Closed by the
 * command as its last act; may be asked by any thread.
 */
public final class Ending implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);

  private Ending() {}

  /** An end that comes with the signal. */
  public static Ending onSignal() {
    var ending = new Ending();
    Runtime.getRuntime().addShutdownHook(new Thread(ending::askAndWait, "medtwin-ending"));
    return ending;
  }

  /** Asks the command to end. */
  public void ask() {
    asked.countDown();
  }

  /** Waits to be asked; false when the time is over before. */
  public boolean awaitAsked(Duration atMost) throws InterruptedException {
    return asked.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Lets the process go. */
  @Override
  public void close() {
    done.countDown();
  }

  private void askAndWait() {
    ask();
    try {
      var unused = done.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
