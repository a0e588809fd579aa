package io.medtwin.benchmarks.storage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A way to move SQLite's log into the database.
 *
 * @param name what a table calls it
 * @param autoCheckpoint pages after which a commit does it; 0: never
 * @param mode what a second connection orders: PASSIVE, FULL, RESTART, TRUNCATE; none without one
 * @param everyMillis how often it does
 */
record Checkpointing(String name, int autoCheckpoint, @Nullable String mode, int everyMillis) {

  /**
   * What was measured.
   *
   * @param appending of the writer
   * @param walBytesMax how large the log became
   * @param checkpoints how often the second connection did its work
   */
  record Outcome(Appending appending, long walBytesMax, long checkpoints) {}

  @FunctionalInterface
  interface Load {
    Appending on(Store store) throws Exception;
  }

  Outcome run(Path folder, Load load) throws Exception {
    var over = new AtomicBoolean();
    var walBytesMax = new AtomicLong();
    var checkpoints = new AtomicLong();
    var wal = folder.resolve("journal.db-wal");
    Files.createDirectories(folder);
    try (var store = new SqliteStore(folder, autoCheckpoint)) {
      var helper =
          Thread.ofPlatform()
              .name("checkpointer")
              .start(() -> help(folder, wal, over, walBytesMax, checkpoints));
      try {
        return new Outcome(load.on(store), walBytesMax.get(), checkpoints.get());
      } finally {
        over.set(true);
        helper.join();
      }
    }
  }

  private void help(
      Path folder, Path wal, AtomicBoolean over, AtomicLong walBytesMax, AtomicLong checkpoints) {
    try (var connection = SqliteStore.connect(folder);
        var statement = connection.createStatement()) {
      while (!over.get()) {
        Thread.sleep(everyMillis);
        walBytesMax.accumulateAndGet(Files.exists(wal) ? Files.size(wal) : 0, Math::max);
        if (mode != null) {
          statement.execute("PRAGMA wal_checkpoint(" + mode + ")");
          checkpoints.incrementAndGet();
        }
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
