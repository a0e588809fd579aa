package io.medtwin.app.wiring;

import io.medtwin.app.config.GatewayConfig;
import io.medtwin.app.self.Certificates;
import io.medtwin.app.self.DiskForecast;
import io.medtwin.app.self.Health;
import io.medtwin.app.self.Host;
import io.medtwin.app.self.Said;
import io.medtwin.app.self.Tally;
import io.medtwin.journal.Entry;
import io.medtwin.journal.Journal;
import io.medtwin.journal.JournalState;
import io.medtwin.journal.Received;
import io.medtwin.runtime.plugin.Plugins;
import io.medtwin.spi.Report;
import io.medtwin.twin.backend.TwinBackend;
import io.medtwin.twin.backend.TwinBackend.Reach;
import io.medtwin.twin.keeper.TwinKeeper;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway says of itself, on the same way as any device: each 10 s, and within a second
 * when its journal or Ditto fails or is well again; what changes seldom each minute. One merge for
 * each time. One thread of its own.
 */
final class SelfReporter implements AutoCloseable {

  private static final Duration LOOK = Duration.ofSeconds(1);

  /** In looks: what changes all the time, while all is well; what changes seldom; certificates. */
  private static final int OFTEN = 10;

  private static final int SELDOM = 60;
  private static final int RARELY = 600;

  /** In looks: how often its health is made out while not all is well. */
  private static final int WATCHED = 5;

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

  private final Journal journal;
  private final TwinKeeper keeper;
  private final TwinBackend backend;
  private final Sources sources;
  private final InstantSource clock;
  private final Instant startedAt;
  private final Host host;
  private final DiskForecast disk = new DiskForecast();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("self").unstarted(this::run);
  private Optional<Certificates.First> certificate = Optional.empty();
  private Optional<Boolean> clockSynchronised = Optional.empty();
  private long sequence;

  /**
   * What else it tells.
   *
   * @param folder of the journal
   * @param certificates PEM files that are configured
   * @param plugins what is loaded
   * @param unclaimed devices heard that nobody configured
   * @param profiles version of each profile in force, by id
   * @param version of the gateway, or empty
   */
  record Sources(
      Path folder,
      List<Path> certificates,
      Plugins plugins,
      IntSupplier unclaimed,
      Supplier<Map<String, String>> profiles,
      String version) {}

  SelfReporter(
      Journal journal,
      TwinKeeper keeper,
      TwinBackend backend,
      Sources sources,
      InstantSource clock) {
    this.journal = journal;
    this.keeper = keeper;
    this.backend = backend;
    this.sources = sources;
    this.clock = clock;
    this.startedAt = clock.instant();
    this.host = new Host(sources.folder());
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

  /** What is cheap to see each second. */
  private record Glance(JournalState.Health journal, Reach reach) {}

  private void run() {
    @Nullable Glance seen = null;
    @Nullable Health told = null;
    int since = 0;
    int sinceSeldom = SELDOM;
    int sinceRarely = RARELY;
    try {
      append(new Entry.LinkUp(GatewayConfig.SELF, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
      while (true) {
        var glance = new Glance(journal.state().health(), backend.reach());
        boolean isWell = told != null && told.state() == Health.State.OK;
        boolean due = since >= OFTEN;
        if (due || !glance.equals(seen) || (!isWell && since % WATCHED == 0)) {
          if (sinceRarely >= RARELY) {
            lookRarely();
            sinceRarely = 0;
          }
          var often = often();
          if (due || !glance.equals(seen) || !often.health().equals(told)) {
            boolean withTheRest = sinceSeldom >= SELDOM;
            say(often, withTheRest);
            sinceSeldom = withTheRest ? 0 : sinceSeldom;
            told = often.health();
            since = 0;
          }
          seen = glance;
        }
        since++;
        sinceSeldom++;
        sinceRarely++;
        if (closing.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      // the way out
    }
  }

  private void lookRarely() {
    certificate = Certificates.first(sources.certificates(), clock.instant());
    clockSynchronised = host.isClockSynchronised();
  }

  private Said.Often often() {
    var now = clock.instant();
    var traffic = keeper.traffic();
    var tally = Tally.of(keeper.views(), GatewayConfig.SELF, now);
    var state = journal.state();
    var oldest = traffic.oldestPending();
    var waits = oldest == null ? Duration.ZERO : notNegative(Duration.between(oldest, now));
    var acknowledged = tally.acknowledgedAt();
    var health =
        Health.of(
            new Health.Seen(
                Duration.between(startedAt, now),
                state.health() == JournalState.Health.FAILING,
                backend.reach() == Reach.CONNECTED,
                acknowledged == null ? null : Duration.between(acknowledged, now),
                waits,
                tally.notWritten(),
                sources.plugins().failures().size(),
                disk.days(),
                certificate
                    .map(first -> OptionalDouble.of(first.days()))
                    .orElse(OptionalDouble.empty())));
    return new Said.Often(
        health, tally, sources.unclaimed().getAsInt(), waits, state, keeper.total());
  }

  private static Duration notNegative(Duration span) {
    return span.isNegative() ? Duration.ZERO : span;
  }

  private Said.Seldom seldom() {
    var machine = host.now();
    machine.diskFree().ifPresent(free -> disk.seen(clock.instant(), free));
    var drivers =
        sources.plugins().drivers().stream()
            .collect(
                Collectors.toMap(
                    found -> found.descriptor().id(), found -> found.descriptor().version()));
    long plugins =
        sources.plugins().drivers().stream().map(Plugins.Found::plugin).distinct().count();
    return new Said.Seldom(
        machine,
        disk.days(),
        clockSynchronised,
        (int) plugins,
        sources.plugins().failures().size(),
        drivers,
        sources.profiles().get(),
        certificate,
        sources.version());
  }

  private void say(Said.Often often, boolean withTheRest) throws InterruptedException {
    var said = new ArrayList<Report>(Said.of(often));
    if (withTheRest) {
      said.addAll(Said.of(seldom()));
    }
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
}
