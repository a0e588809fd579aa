package io.medtwin.twin.keeper;

import io.medtwin.journal.Entry;
import io.medtwin.journal.MemoryJournal;
import io.medtwin.journal.Received;
import io.medtwin.spi.Report;
import io.medtwin.twin.backend.Answer;
import io.medtwin.twin.backend.Patch;
import io.medtwin.twin.backend.TwinBackend;
import io.medtwin.twin.backend.TwinCommand;
import io.medtwin.twin.normalizer.Units;
import io.medtwin.twin.outbox.Facts;
import io.medtwin.twin.profile.TestProfiles;
import io.medtwin.twin.tap.Taps;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A keeper of oximeters that runs, with a backend that does as it is told. */
final class KeeperBench implements AutoCloseable {

  static final Units UNITS = new Units();

  final MemoryJournal journal;
  final Backend backend;
  final Taps taps = new Taps();
  final TwinKeeper keeper;
  private final Map<String, Long> sequences = new ConcurrentHashMap<>();

  KeeperBench(MemoryJournal before, Backend backend, String... devices) {
    this.journal = new MemoryJournal(before);
    this.backend = backend;
    var plans = List.of(devices).stream().map(KeeperBench::plan).toList();
    this.keeper =
        new TwinKeeper(plans, backend, journal, UNITS, InstantSource.system(), new Random(1), taps);
    keeper.start();
  }

  KeeperBench(String... devices) {
    this(new MemoryJournal(), new Backend(), devices);
  }

  static DevicePlan plan(String device) {
    var facts = new Facts(device, "test:" + device, "test:p", "gw", "drv", Patch.EMPTY);
    return new DevicePlan(facts, TestProfiles.oximeter());
  }

  static DeviceLine line(Instant now) {
    return new DeviceLine(plan("ox-1"), UNITS, new Random(1), now, new Kinship(), new Taps());
  }

  void say(String device, Report... reports) throws InterruptedException {
    for (Report report : reports) {
      long known = keeper.lastSequence(device);
      long sequence = sequences.merge(device, known + 1, (before, first) -> before + 1);
      journal.append(Entry.Heard.of(new Received(device, report, now(), sequence)), null);
    }
  }

  static Instant now() {
    return Instant.ofEpochMilli(System.currentTimeMillis());
  }

  /** Holds the keeper's thread until what it gives is counted down. */
  CountDownLatch hold() throws InterruptedException {
    var held = new CountDownLatch(1);
    var hold = new CountDownLatch(1);
    backend.onSubmit =
        () -> {
          held.countDown();
          try {
            hold.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    say("ox-1", new io.medtwin.spi.DeviceEvent("hold", "", null)); // goes to the backend at once
    held.await();
    backend.onSubmit = () -> {};
    return hold;
  }

  static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within 20 s: " + what);
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    keeper.close(Duration.ofMillis(200));
  }

  /** Takes everything, while it is in reach and unless it is told otherwise. */
  static final class Backend implements TwinBackend {

    final Queue<TwinCommand.Merge> merges = new ConcurrentLinkedQueue<>();
    volatile Reach reach = Reach.CONNECTED;
    volatile @Nullable Answer answer;
    volatile Runnable onSubmit = () -> {};
    private final Map<String, TwinCommand.Merge> last = new ConcurrentHashMap<>();

    @Override
    public void start() {}

    @Override
    public CompletionStage<Answer> submit(TwinCommand command) {
      onSubmit.run();
      var told = answer;
      return CompletableFuture.completedFuture(
          told != null
              ? told
              : switch (command) {
                case TwinCommand.Provision provision -> found(last.get(provision.thingId()));
                case TwinCommand.Recall _ -> new Answer.Recalled(Patch.EMPTY);
                case TwinCommand.Merge merge -> {
                  merges.add(merge);
                  last.put(merge.thingId(), merge);
                  yield new Answer.Stored();
                }
              });
    }

    private static Answer found(TwinCommand.@Nullable Merge before) {
      return before == null
          ? new Answer.Provisioned(true, 0, 0)
          : new Answer.Provisioned(false, before.epoch(), before.seq());
    }

    @Override
    public Reach reach() {
      return reach;
    }

    @Override
    public String name() {
      return "bench";
    }

    @Override
    public void close() {}
  }
}
