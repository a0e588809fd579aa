package io.medtwin.testkit.broken;

import io.medtwin.spi.Reading;
import io.medtwin.spi.Session;

/** Sleeps between two frames. Its protocol is one byte, the saturation. */
public final class SleepingDriver extends OneByteDriver {

  /** Broken. */
  public SleepingDriver() {
    super("sleeping");
  }

  @Override
  void tell(Reading spo2, Session session) throws InterruptedException {
    Thread.sleep(0);
    session.emit(spo2);
  }
}
