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

/** A driver whose protocol is one byte, the saturation; sound but for how its heirs tell it. */
abstract class OneByteDriver implements StreamDriver {

  private static final int PERCENT_MAX = 100;

  private final String id;

  OneByteDriver(String id) {
    this.id = id;
  }

  /** Tells a saturation, and does what it should not. */
  abstract void tell(Reading spo2, Session session) throws InterruptedException;

  @Override
  public final DriverDescriptor descriptor() {
    return new DriverDescriptor(id, "1.0.0", "Broken sample", Set.of(LinkKind.SERIAL), List.of());
  }

  @Override
  public final void run(StreamLink link, Session session) throws IOException, InterruptedException {
    while (true) {
      byte percent = link.peek(1, Duration.ofSeconds(5)).get(0);
      link.skip(1);
      if (percent < 0 || percent > PERCENT_MAX) {
        session.discard("no saturation", 1);
      } else {
        tell(Reading.of("spo2", Numeric.of(percent, "%")), session);
      }
    }
  }
}
