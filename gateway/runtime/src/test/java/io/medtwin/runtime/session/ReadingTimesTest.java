package io.medtwin.runtime.session;

import static io.medtwin.runtime.session.TestDrivers.PATIENCE;
import static io.medtwin.runtime.session.TestDrivers.spo2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.medtwin.spi.LinkKind;
import io.medtwin.spi.SilenceException;
import io.medtwin.spi.transport.ByteWire;
import io.medtwin.twin.keeper.Latency;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ReadingTimesTest {

  @TempDir private Path folder;

  @Test
  void aTimeFallsIntoTheBucketThatHoldsIt() {
    var times = new ReadingTimes();
    for (long nanos : new long[] {0, 1_000_000, 1_000_001, 2_000_000, -1}) {
      times.add(nanos);
    }
    assertThat(times.latency()).isEqualTo(latency(4, 2, 2));
  }

  @Test
  void whatADriverTakesCountsFromWhatItsLinkGaveItAndSilenceCountsNot() throws Exception {
    var wire = new OneByte();
    var told = new CountDownLatch(1);
    var slow =
        TestDrivers.stream(
            (link, session) -> {
              int percent = link.peek(1, PATIENCE).get(0);
              link.skip(1);
              wire.nanos.addAndGet(1_500_000); // it thinks
              session.emit(spo2(percent));
              assertThatExceptionOfType(SilenceException.class)
                  .isThrownBy(() -> link.peek(1, Duration.ofMillis(1)));
              session.emit(spo2(0));
              told.countDown();
              link.peek(1, PATIENCE);
            });
    try (var bench = new Bench(folder, "ox")) {
      var transport = new ScriptedTransport(LinkKind.TCP, () -> wire);
      var sessions = bench.start(Bench.device("ox", slow, transport));

      told.await();

      assertThat(sessions.readingTimes()).isEqualTo(latency(1, 0, 1));
      assertThat(sessions.links().getFirst().counts().reports()).isEqualTo(2);
    }
  }

  private static Latency latency(long sumMillis, long first, long second) {
    var counts = new ArrayList<>(Collections.nCopies(Latency.BOUNDS_MILLIS.size() + 1, 0L));
    counts.set(0, first);
    counts.set(1, second);
    return new Latency(Latency.Stage.READING, counts, sumMillis);
  }

  /** Gives one byte, then nothing; its time is what a test says. */
  private static final class OneByte implements ByteWire {

    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicLong nanos = new AtomicLong();
    private boolean given;

    @Override
    public int read(ByteBuffer into, Duration atMost) throws InterruptedException {
      if (!given) {
        given = true;
        into.put((byte) 97);
        return 1;
      }
      if (atMost.compareTo(Duration.ofSeconds(1)) > 0) {
        closed.await();
      }
      nanos.addAndGet(atMost.toNanos());
      return 0;
    }

    @Override
    public void write(ByteBuffer bytes) {}

    @Override
    public long nanoTime() {
      return nanos.get();
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }
}
