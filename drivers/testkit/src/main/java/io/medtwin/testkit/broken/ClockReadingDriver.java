package io.medtwin.testkit.broken;

import io.medtwin.spi.Reading;
import io.medtwin.spi.Session;

/** Measures time by the clock of the system. Its protocol is one byte, the saturation. */
public final class ClockReadingDriver extends OneByteDriver {

  /** Broken. */
  public ClockReadingDriver() {
    super("clock-reading");
  }

  @Override
  void tell(Reading spo2, Session session) throws InterruptedException {
    if (System.nanoTime() != 0) {
      session.emit(spo2);
    }
  }
}
