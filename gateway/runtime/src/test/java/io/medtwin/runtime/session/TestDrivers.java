package io.medtwin.runtime.session;

import io.medtwin.spi.Driver;
import io.medtwin.spi.DriverDescriptor;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.MessageDriver;
import io.medtwin.spi.MessageLink;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Session;
import io.medtwin.spi.StreamDriver;
import io.medtwin.spi.StreamLink;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Drivers made of one function. */
final class TestDrivers {

  static final Duration PATIENCE = Duration.ofSeconds(30);

  /** What a stream driver does. */
  interface StreamRun {
    void run(StreamLink link, Session session) throws Exception;
  }

  /** What a message driver does. */
  interface MessageRun {
    void run(MessageLink link, Session session) throws Exception;
  }

  private TestDrivers() {}

  /** Emits each byte as {@code spo2}. */
  static Supplier<Driver> bytesAsSpo2() {
    return stream(
        (link, session) -> {
          while (true) {
            int spo2 = link.peek(1, PATIENCE).get(0);
            link.skip(1);
            session.emit(spo2(spo2));
          }
        });
  }

  static Reading spo2(int percent) {
    return Reading.of("spo2", Numeric.of(percent, "%"));
  }

  static Supplier<Driver> stream(StreamRun run) {
    return () ->
        new StreamDriver() {
          @Override
          public DriverDescriptor descriptor() {
            return new DriverDescriptor(
                "test-driver", "1.0.0", "Test", Set.of(LinkKind.TCP), List.of());
          }

          @Override
          public void run(StreamLink link, Session session)
              throws IOException, InterruptedException {
            try {
              run.run(link, session);
            } catch (Exception e) {
              throw TestDrivers.<RuntimeException>asItIs(e);
            }
          }
        };
  }

  static Supplier<Driver> messages(MessageRun run) {
    return () ->
        new MessageDriver() {
          @Override
          public DriverDescriptor descriptor() {
            return new DriverDescriptor(
                "test-driver", "1.0.0", "Test", Set.of(LinkKind.MQTT), List.of());
          }

          @Override
          public void run(MessageLink link, Session session)
              throws IOException, InterruptedException {
            try {
              run.run(link, session);
            } catch (Exception e) {
              throw TestDrivers.<RuntimeException>asItIs(e);
            }
          }
        };
  }

  /** A driver of another language can throw a checked exception that nobody declared. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Exception> E asItIs(Exception e) throws E {
    throw (E) e;
  }
}
