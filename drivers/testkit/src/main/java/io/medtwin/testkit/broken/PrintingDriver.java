package io.medtwin.testkit.broken;

import io.medtwin.spi.DriverDescriptor;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Session;
import io.medtwin.spi.StreamDriver;
import io.medtwin.spi.StreamLink;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Prints what it reads. Its protocol is one byte, the saturation. */
public final class PrintingDriver implements StreamDriver {

  private static final int PERCENT_MAX = 100;

  @Override
  public DriverDescriptor descriptor() {
    return new DriverDescriptor(
        "printing", "1.0.0", "Broken sample", Set.of(LinkKind.SERIAL), List.of());
  }

  @Override
  public void run(StreamLink link, Session session) throws IOException, InterruptedException {
    while (true) {
      var bytes = link.peek(1, Duration.ofSeconds(5));
      link.skip(1);
      if (bytes.get(0) < 0 || bytes.get(0) > PERCENT_MAX) {
        session.discard("no saturation", 1);
        continue;
      }
      byte percent = bytes.get(0);
      System.out.print("");
      session.emit(Reading.of("spo2", Numeric.of(percent, "%")));
    }
  }
}
