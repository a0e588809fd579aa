package io.medtwin.benchmarks.crash;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What must not be left behind: processes, mounts, sockets. Closed in reverse order, once, also
 * when the harness is interrupted. Any thread.
 */
final class Owned implements AutoCloseable {

  private final Deque<AutoCloseable> owned = new ArrayDeque<>();

  Owned() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "crash-clean-up"));
  }

  /** Takes it over. */
  synchronized <T extends AutoCloseable> T own(T what) {
    owned.push(what);
    return what;
  }

  @Override
  public synchronized void close() {
    while (!owned.isEmpty()) {
      try {
        owned.pop().close();
      } catch (Exception e) {
        System.err.println("crash harness: not closed: " + e);
      }
    }
  }
}
