package io.medtwin.testkit.broken;

import io.medtwin.spi.Reading;
import io.medtwin.spi.Session;

/** Prints what it reads. Its protocol is one byte, the saturation. */
public final class PrintingDriver extends OneByteDriver {

  /** Broken. */
  public PrintingDriver() {
    super("printing");
  }

  @Override
  void tell(Reading spo2, Session session) throws InterruptedException {
    System.out.print("");
    session.emit(spo2);
  }
}
