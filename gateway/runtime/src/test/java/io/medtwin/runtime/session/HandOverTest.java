package io.medtwin.runtime.session;

import static io.medtwin.runtime.session.ScriptedMessages.message;
import static io.medtwin.runtime.session.TestDrivers.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.journal.Entry;
import io.medtwin.journal.MemoryJournal;
import io.medtwin.spi.Driver;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.spi.transport.ByteWire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Drivers are changed while their devices talk: nothing is lost, twice or out of order. */
@Timeout(60)
class HandOverTest {

  private static final int CHANGES = 50;

  @TempDir private Path folder;

  @Test
  void bytesInTheMidstOfAFrameGoToTheNextDriver() throws Exception {
    var line = new BusyLine();
    var transport = new ScriptedTransport(LinkKind.TCP, () -> line);
    try (var bench = new Bench(folder, "ox")) {
      var sessions = bench.start(Bench.device("ox", frames("a"), transport));
      line.start();

      for (int i = 0; i < CHANGES; i++) {
        line.awaitMore(20);
        assertThat(sessions.handOver("test-driver", frames(i % 2 == 0 ? "b" : "a"))).isEqualTo(1);
      }
      int sent = line.stop();

      Await.until("the last frame", () -> numbers(bench.journal).size() == sent);
      assertThat(numbers(bench.journal)).isEqualTo(upTo(sent));
      assertThat(transport.attempts()).isEqualTo(1);
      assertThat(speakers(bench.journal)).contains("a", "b");
    }
  }

  @Test
  void aMessageIsTakenByOneDriverAndItsSenderIsToldOnce() throws Exception {
    var feed = new ScriptedMessages();
    var transport = new ScriptedTransport(LinkKind.MQTT, () -> feed);
    try (var bench = new Bench(folder, "ox")) {
      var sessions = bench.start(Bench.device("ox", messages("a"), transport));

      for (int i = 0; i < CHANGES; i++) {
        for (int n = i * 20; n < (i + 1) * 20; n++) {
          feed.put(message(String.valueOf(n), "ox", 1));
        }
        assertThat(sessions.handOver("test-driver", messages(i % 2 == 0 ? "b" : "a"))).isEqualTo(1);
      }
      int sent = CHANGES * 20;

      Await.until("the last message", () -> numbers(bench.journal).size() == sent);
      assertThat(numbers(bench.journal)).isEqualTo(upTo(sent));
      feed.put(message("last", "ox", 1));
      Await.until("all are told", () -> feed.told().size() >= sent);
      assertThat(List.copyOf(feed.told()).subList(0, sent))
          .isEqualTo(upTo(sent).stream().map(n -> "accepted " + n).toList());
      assertThat(transport.attempts()).isEqualTo(1);
    }
  }

  @Test
  void aDriverThatDoesNotLeaveIsThrownOutAndTheLinkOpenedAnew() throws Exception {
    var never = new CountDownLatch(1);
    var sleeps = new CountDownLatch(1);
    var transport = new ScriptedTransport(LinkKind.TCP, () -> ScriptedBytes.thenSilent(97));
    Supplier<Driver> sleeper =
        TestDrivers.stream(
            (link, session) -> {
              link.peek(1, PATIENCE);
              sleeps.countDown();
              never.await(); // ends by an interrupt alone
            });
    try (var bench = new Bench(folder, "ox")) {
      var sessions = bench.start(Bench.device("ox", sleeper, transport));
      sleeps.await();

      sessions.handOver("test-driver", TestDrivers.bytesAsSpo2());

      Await.until("the next one works", () -> bench.view("ox").counts().received() == 2);
      assertThat(transport.attempts()).isEqualTo(2); // what the first link had brought is not lost
    }
  }

  @Test
  void otherDriversAreLeftAlone() throws Exception {
    var transport = new ScriptedTransport(LinkKind.TCP, () -> ScriptedBytes.thenSilent(97));
    try (var bench = new Bench(folder, "ox")) {
      var sessions = bench.start(Bench.device("ox", TestDrivers.bytesAsSpo2(), transport));

      assertThat(sessions.handOver("other-driver", frames("b"))).isZero();
    }
  }

  /** Frames of three bytes: a mark and a number; told with the name of who read it. */
  private static Supplier<Driver> frames(String who) {
    return TestDrivers.stream(
        (link, session) -> {
          while (true) {
            var frame = link.peek(3, PATIENCE);
            assertThat(frame.get(0)).isEqualTo((byte) 0xFE);
            int number = frame.getShort(1) & 0xFFFF;
            link.skip(3);
            session.emit(Reading.of("spo2", Numeric.of(String.valueOf(number), "%")));
            session.emit(Reading.of("read-by-" + who, Numeric.of("1", "1")));
          }
        });
  }

  private static Supplier<Driver> messages(String who) {
    return TestDrivers.messages(
        (link, session) -> {
          while (true) {
            var address = link.receive(PATIENCE).address();
            if (!address.equals("last")) {
              session.emit(Reading.of("spo2", Numeric.of(address, "%")));
              session.emit(Reading.of("read-by-" + who, Numeric.of("1", "1")));
            }
          }
        });
  }

  private static List<Integer> upTo(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private static List<Integer> numbers(MemoryJournal journal) {
    return readings(journal).stream()
        .filter(reading -> reading.parameter().equals("spo2"))
        .map(reading -> Integer.valueOf(((Numeric) reading.value()).amount().toPlainString()))
        .toList();
  }

  private static List<String> speakers(MemoryJournal journal) {
    return readings(journal).stream()
        .map(Reading::parameter)
        .filter(parameter -> parameter.startsWith("read-by-"))
        .map(parameter -> parameter.substring("read-by-".length()))
        .distinct()
        .toList();
  }

  private static List<Reading> readings(MemoryJournal journal) {
    return journal.entries().stream()
        .filter(kept -> kept.entry() instanceof Entry.Heard)
        .flatMap(kept -> ((Entry.Heard) kept.entry()).reports().stream())
        .filter(received -> received.report() instanceof Reading)
        .map(received -> (Reading) received.report())
        .toList();
  }

  /** A device that numbers its frames and sends them a byte at a time, as fast as they are read. */
  private static final class BusyLine implements ByteWire {
    private final BlockingQueue<Byte> line = new ArrayBlockingQueue<>(64);
    private final Thread device = Thread.ofPlatform().daemon().unstarted(this::talk);
    private volatile boolean ends;
    private volatile int frames;

    void start() {
      device.start();
    }

    void awaitMore(int count) {
      int until = frames + count;
      Await.until("more frames", () -> frames >= until);
    }

    int stop() throws InterruptedException {
      ends = true;
      device.join();
      return frames;
    }

    private void talk() {
      try {
        while (!ends) {
          int number = frames;
          line.put((byte) 0xFE);
          line.put((byte) (number >> 8));
          line.put((byte) number);
          frames = number + 1;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public int read(ByteBuffer into, Duration atMost) throws InterruptedException {
      var next = line.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
      if (next == null) {
        return 0;
      }
      into.put(next);
      return 1;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
      throw new IOException("nothing is written here");
    }

    @Override
    public void close() {
      ends = true;
      device.interrupt();
    }
  }

  @Test
  void aDriverThatWasNeverRunIsReplacedAllTheSame() throws Exception {
    var transport =
        new ScriptedTransport(
            LinkKind.TCP, ScriptedTransport::refuse, () -> ScriptedBytes.thenSilent(97));
    try (var bench = new Bench(folder, "ox")) {
      var sessions = bench.start(Bench.device("ox", frames("a"), transport));
      Await.until("it waits", () -> sessions.states().get("ox") instanceof SessionState.BackingOff);

      assertThat(sessions.handOver("test-driver", TestDrivers.bytesAsSpo2())).isEqualTo(1);

      Await.until("the next one works", () -> bench.view("ox").counts().received() == 1);
    }
  }
}
