package io.medtwin.app.record;

import io.medtwin.spi.Driver;
import io.medtwin.spi.DriverDescriptor;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.MessageDriver;
import io.medtwin.spi.MessageLink;
import io.medtwin.spi.Session;
import io.medtwin.spi.SilenceException;
import io.medtwin.spi.StreamDriver;
import io.medtwin.spi.StreamLink;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Stands where a driver stands, takes all there is, and says nothing. */
final class Listener {

  private static final Duration LONG = Duration.ofMinutes(1);

  private Listener() {}

  static Driver of(LinkKind kind) {
    return kind.carriesBytes() ? new OfBytes() : new OfMessages();
  }

  private static DriverDescriptor descriptor(boolean bytes) {
    Set<LinkKind> kinds =
        EnumSet.allOf(LinkKind.class).stream()
            .filter(kind -> kind.carriesBytes() == bytes)
            .collect(Collectors.toUnmodifiableSet());
    return new DriverDescriptor("listener", "1.0.0", "anything", kinds, List.of());
  }

  private static final class OfBytes implements StreamDriver {
    @Override
    public DriverDescriptor descriptor() {
      return Listener.descriptor(true);
    }

    @Override
    public void run(StreamLink link, Session session) throws IOException, InterruptedException {
      while (true) {
        try {
          var unused = link.peek(1, LONG);
          int all = link.available();
          var seen = link.peek(all, LONG);
          link.skip(seen.remaining());
        } catch (SilenceException e) {
          // that is recorded as well
        }
      }
    }
  }

  private static final class OfMessages implements MessageDriver {
    @Override
    public DriverDescriptor descriptor() {
      return Listener.descriptor(false);
    }

    @Override
    public void run(MessageLink link, Session session) throws IOException, InterruptedException {
      while (true) {
        try {
          var unused = link.receive(LONG);
        } catch (SilenceException e) {
          // that is recorded as well
        }
      }
    }
  }
}
