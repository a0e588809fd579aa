package io.medtwin.runtime.session;

import static io.medtwin.runtime.session.TestDrivers.PATIENCE;
import static io.medtwin.runtime.session.TestDrivers.spo2;
import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.spi.Driver;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Session;
import io.medtwin.spi.transport.ByteWire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Drivers that break the rules are left alone, and the others do not notice. */
@Timeout(120)
class ContainmentTest {

  /** As many as a driver is given, and one that sees where it stands. */
  private static final int LOOKS = Conduct.MOST_IDLE_LOOKS + Conduct.MOST_LOOKS_TO_LEAVE + 1;

  @TempDir private Path folder;

  @Test
  void aDriverThatFailsAgainAndAgainIsQuarantinedUntilAnotherTakesOver() throws Exception {
    var runs = new AtomicInteger();
    Supplier<Driver> broken =
        TestDrivers.stream(
            (link, session) -> {
              runs.incrementAndGet();
              throw new IllegalStateException("bug");
            });
    var transport = new ScriptedTransport(LinkKind.TCP, () -> ScriptedBytes.thenSilent(97));
    try (var bench = new Bench(folder, "ox")) {
      var sessions = bench.start(Bench.device("ox", broken, transport));

      Await.until("it is quarantined", () -> quarantine(sessions).isPresent());

      assertThat(runs).hasValue(Conduct.MOST_FAULTS);
      assertThat(quarantine(sessions).orElseThrow().why()).contains("bug");
      assertThat(quarantine(sessions).orElseThrow().until())
          .isEqualTo(bench.clock.instant().plus(LinkSession.QUARANTINE));
      Await.until("the twin says why", () -> bench.view("ox").link().why().contains("bug"));

      sessions.handOver("test-driver", TestDrivers.bytesAsSpo2());
      Await.until("the next one works", () -> bench.view("ox").counts().received() == 1);
    }
  }

  @Test
  void faultsBetweenReportsThatComeAreNoReasonForAQuarantine() throws Exception {
    var runs = new AtomicInteger();
    Supplier<Driver> shaky =
        TestDrivers.stream(
            (link, session) -> {
              link.peek(1, PATIENCE);
              link.skip(1);
              if (runs.incrementAndGet() % 2 == 0) {
                session.emit(spo2(97));
                throw new IOException("gone");
              }
              throw new IllegalStateException("bug");
            });
    var transport = new ScriptedTransport(LinkKind.TCP, () -> ScriptedBytes.thenSilent(97));
    try (var bench = new Bench(folder, "ox")) {
      var sessions = bench.start(Bench.device("ox", shaky, transport));

      Await.until("it ran often", () -> runs.get() >= 2 * Conduct.MOST_FAULTS);

      assertThat(quarantine(sessions)).isEmpty();
    }
  }

  @Test
  void aDriverThatSpinsIsGivenUpMayTellNothingMoreAndItsDeviceIsTriedAgainLater() throws Exception {
    var spinning = new CountDownLatch(1);
    var end = new CountDownLatch(1);
    var refused = new AtomicReference<Throwable>();
    var runs = new AtomicInteger();
    Supplier<Driver> spinner =
        TestDrivers.stream(
            (link, session) -> {
              if (runs.incrementAndGet() == 1) {
                spinning.countDown();
                spin(end);
                refused.set(emits(session));
              }
            });
    var transport = new ScriptedTransport(LinkKind.TCP, () -> ScriptedBytes.thenSilent(97));
    var silent = new Silent();
    try (var bench = new Bench(folder, "ox", "healthy")) {
      var sessions =
          bench.start(
              Bench.device("ox", spinner, transport),
              Bench.device(
                  "healthy",
                  TestDrivers.bytesAsSpo2(),
                  new ScriptedTransport(LinkKind.TCP, () -> silent)));
      spinning.await();
      silent.isWaitedFor.await();

      lookUntilGivenUp(sessions);

      Await.until("it is left alone", () -> quarantine(sessions).isPresent());
      assertThat(quarantine(sessions).orElseThrow().why()).contains("could not be ended");
      assertThat(sessions.states().get("healthy")).isInstanceOf(SessionState.Running.class);
      end.countDown();
      Await.until("it wanted to tell more", () -> refused.get() != null);
      assertThat(refused.get()).hasMessageContaining("given up");
      assertThat(bench.view("ox").counts().received()).isZero();
    }
  }

  @Test
  void whatAGivenUpDriverLeavesBehindChangesNothingOfItsDeviceAndAcknowledgesNothing()
      throws Exception {
    var spinning = new CountDownLatch(1);
    var end = new CountDownLatch(1);
    var runs = new AtomicInteger();
    Supplier<Driver> spinner =
        TestDrivers.messages(
            (link, session) -> {
              link.receive(PATIENCE);
              session.emit(spo2(97));
              if (runs.incrementAndGet() == 1) {
                spinning.countDown();
                spin(end); // and then it leaves in order, as if the message had been taken
              }
            });
    var feed = new ScriptedMessages().put(ScriptedMessages.message("a", "ox", 1));
    var transport = new ScriptedTransport(LinkKind.MQTT, () -> feed, ScriptedTransport::refuse);
    try (var bench = new Bench(folder, "ox")) {
      var sessions = bench.start(Bench.device("ox", spinner, transport));
      spinning.await();
      lookUntilGivenUp(sessions);
      Await.until("it is left alone", () -> quarantine(sessions).isPresent());
      var before = bench.journal.entries().size();

      end.countDown();
      Await.until("it is gone", () -> threads("session-ox") == 1);

      assertThat(bench.journal.entries()).hasSize(before);
      assertThat(feed.told()).isEmpty();
    }
  }

  @Test
  void aDriverGivenUpThriceIsNotBegunAgain() throws Exception {
    var end = new CountDownLatch(1);
    var runs = new AtomicInteger();
    Supplier<Driver> spinner =
        TestDrivers.stream(
            (link, session) -> {
              runs.incrementAndGet();
              spin(end);
            });
    var transport = new ScriptedTransport(LinkKind.TCP, () -> ScriptedBytes.thenSilent(97));
    try (var bench = new Bench(folder, "ox")) {
      var sessions = bench.start(Bench.device("ox", spinner, transport));

      for (int i = 1; i <= 3; i++) {
        int run = i;
        Await.until("run " + run, () -> runs.get() == run);
        lookUntilGivenUp(sessions);
        Await.until("it is left alone", () -> quarantine(sessions).isPresent());
        if (i < 3) {
          sessions.handOver("test-driver", spinner);
        }
      }

      assertThat(quarantine(sessions).orElseThrow().until()).isEqualTo(Instant.MAX);
      end.countDown();
    }
  }

  @Test
  void aDriverThatReadsOnAfterItsLinkIsDeadIsGivenUp() throws Exception {
    var failures = new AtomicInteger();
    var end = new CountDownLatch(1);
    Supplier<Driver> stubborn =
        TestDrivers.stream(
            (link, session) -> {
              while (end.getCount() > 0) {
                try {
                  link.peek(2, PATIENCE);
                } catch (IOException e) {
                  failures.incrementAndGet();
                }
              }
            });
    var transport = new ScriptedTransport(LinkKind.TCP, () -> ScriptedBytes.thenClosed(97));
    try (var bench = new Bench(folder, "ox")) {
      var sessions = bench.start(Bench.device("ox", stubborn, transport));

      for (int i = 0; i < LOOKS && quarantine(sessions).isEmpty(); i++) {
        int before = failures.get();
        Await.until("it tries again", () -> failures.get() > before + 1);
        sessions.look();
      }

      Await.until("it is left alone", () -> quarantine(sessions).isPresent());
      end.countDown();
    }
  }

  @Test
  void aDriverThatWaitsForItsDeviceIsLeftInPeace() throws Exception {
    var silent = new Silent();
    var transport = new ScriptedTransport(LinkKind.TCP, () -> silent);
    try (var bench = new Bench(folder, "ox")) {
      var sessions = bench.start(Bench.device("ox", TestDrivers.bytesAsSpo2(), transport));
      silent.isWaitedFor.await();

      for (int i = 0; i < 3 * LOOKS; i++) {
        sessions.look();
      }

      assertThat(sessions.states().get("ox")).isInstanceOf(SessionState.Running.class);
      assertThat(transport.attempts()).isEqualTo(1);
    }
  }

  /** A device that says nothing. */
  private static final class Silent implements ByteWire {
    private final CountDownLatch isWaitedFor = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public int read(ByteBuffer into, Duration atMost) throws IOException, InterruptedException {
      isWaitedFor.countDown();
      closed.await();
      throw new IOException("closed");
    }

    @Override
    public void write(ByteBuffer bytes) {}

    @Override
    public void close() {
      closed.countDown();
    }
  }

  private static long threads(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .count();
  }

  private static void spin(CountDownLatch end) {
    while (end.getCount() > 0) {
      Thread.onSpinWait();
    }
  }

  private static Throwable emits(Session session) throws InterruptedException {
    try {
      session.emit(spo2(1));
      return new AssertionError("it was taken");
    } catch (IllegalStateException e) {
      return e;
    }
  }

  /** As often as the watch would in the time that a driver is given. */
  private static void lookUntilGivenUp(Sessions sessions) {
    for (int i = 0; i < LOOKS; i++) {
      sessions.look();
    }
  }

  private static Optional<SessionState.Quarantined> quarantine(Sessions sessions) {
    return sessions.states().get("ox") instanceof SessionState.Quarantined state
        ? Optional.of(state)
        : Optional.empty();
  }
}
