package io.medtwin.testkit.broken;

import io.medtwin.spi.Reading;
import io.medtwin.spi.Session;

/** Emits on a thread of its own. Its protocol is one byte, the saturation. */
public final class ThreadStartingDriver extends OneByteDriver {

  /** Broken. */
  public ThreadStartingDriver() {
    super("thread-starting");
  }

  @Override
  void tell(Reading spo2, Session session) throws InterruptedException {
    var helper = new Thread(() -> emit(session, spo2));
    helper.start();
    helper.join();
  }

  private static void emit(Session session, Reading spo2) {
    try {
      session.emit(spo2);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
