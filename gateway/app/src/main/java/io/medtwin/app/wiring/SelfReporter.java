package io.medtwin.app.wiring;

import io.medtwin.app.config.GatewayConfig;
import io.medtwin.journal.Entry;
import io.medtwin.journal.Journal;
import io.medtwin.journal.JournalState;
import io.medtwin.journal.JournalState.Health;
import io.medtwin.journal.Received;
import io.medtwin.spi.Absent;
import io.medtwin.spi.Coded;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Report;
import io.medtwin.spi.Text;
import io.medtwin.twin.keeper.TwinKeeper;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway says of itself, on the same way as any device: each 10 s, and within a second
 * when its journal fails or is well again. One thread of its own.
 */
final class SelfReporter implements AutoCloseable {

  private static final Duration PERIOD = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

  private final Journal journal;
  private final TwinKeeper keeper;
  private final InstantSource clock;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("self").unstarted(this::run);
  private long sequence;

  SelfReporter(Journal journal, TwinKeeper keeper, InstantSource clock) {
    this.journal = journal;
    this.keeper = keeper;
    this.clock = clock;
  }

  /** Begins; after the keeper did. */
  void start() {
    sequence = keeper.lastSequence(GatewayConfig.SELF);
    thread.start();
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      var unused = thread.join(CLOSE_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    @Nullable Health told = null;
    long looksSince = 0;
    try {
      append(new Entry.LinkUp(GatewayConfig.SELF, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
      do {
        var state = journal.state();
        if (state.health() != told || looksSince * LOOK.toMillis() >= PERIOD.toMillis()) {
          told = state.health();
          looksSince = 0;
          say(state);
        }
        looksSince++;
      } while (!closing.await(LOOK.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      // the way out
    }
  }

  private void say(JournalState state) throws InterruptedException {
    var total = keeper.total();
    var said =
        List.<Report>of(
            Reading.of("journal-state", new Coded(state.health().word())),
            Reading.of(
                "journal-why",
                state.health() == Health.OK
                    ? new Absent(Absent.Reason.NOT_AVAILABLE)
                    : new Text(state.why())),
            Reading.of("journal-size", Numeric.of(state.bytes(), "By")),
            count("journal-not-kept", state.notKept()),
            count("journal-trimmed", state.trimmed()),
            count("ledger-received", total.received()),
            count("ledger-delivered", total.delivered()),
            count("ledger-coalesced", total.coalesced()),
            count("ledger-pending", total.pending()),
            count("ledger-rejected", total.rejected()),
            count("ledger-expired", total.expired()));
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var reports = new ArrayList<Received>();
    for (Report report : said) {
      reports.add(new Received(GatewayConfig.SELF, report, now, ++sequence));
    }
    append(new Entry.Heard(GatewayConfig.SELF, reports));
  }

  private void append(Entry entry) throws InterruptedException {
    journal.append(entry, null);
  }

  private static Reading count(String parameter, long count) {
    return Reading.of(parameter, Numeric.of(count, "1"));
  }
}
