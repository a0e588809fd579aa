package io.medtwin.benchmarks.storage;

import io.medtwin.benchmarks.report.Report;
import io.medtwin.benchmarks.report.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code medtwin bench storage}. */
@Command(
    name = "storage",
    mixinStandardHelpOptions = true,
    description = "Storage libraries for the journal: append, commit, size, kill -9, read back.")
public final class StorageCommand implements Callable<Integer> {

  /** The parts of this command. */
  enum Part {
    APPEND,
    CHECKPOINT,
    KILL,
    READ
  }

  private static final List<Checkpointing> CHECKPOINTINGS =
      List.of(
          new Checkpointing("auto 1,000 pages (default)", 1000, null, 20),
          new Checkpointing("auto 4,000 pages", 4000, null, 20),
          new Checkpointing("auto 16,000 pages", 16_000, null, 20),
          new Checkpointing("auto 64,000 pages", 64_000, null, 20),
          new Checkpointing("never", 0, null, 20),
          new Checkpointing("2nd connection, PASSIVE each 100 ms", 0, "PASSIVE", 100),
          new Checkpointing("2nd connection, PASSIVE each 1 s", 0, "PASSIVE", 1000),
          new Checkpointing("2nd connection, RESTART each 1 s", 0, "RESTART", 1000),
          new Checkpointing("2nd connection, TRUNCATE each 1 s", 0, "TRUNCATE", 1000),
          new Checkpointing("2nd, PASSIVE each 100 ms, + auto 16,000", 16_000, "PASSIVE", 100));

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--engines", split = ",", description = "Default: all.")
  private Set<Engine> engines = Set.of(Engine.values());

  @Option(
      names = "--parts",
      split = ",",
      description = "Of ${COMPLETION-CANDIDATES}; default: all.")
  private Set<Part> parts = Set.of(Part.values());

  @Option(names = "--batches", split = ",", description = "Rows in a transaction.")
  private List<Integer> batches = List.of(1, 10, 100, 1000);

  @Option(names = "--seconds", description = "For each measurement; default ${DEFAULT-VALUE}.")
  private int seconds = 5;

  @Option(
      names = "--rows",
      description = "To read back and to kill over; default ${DEFAULT-VALUE}.")
  private long rows = 1_000_000;

  @Option(names = "--kills", description = "Rounds of kill -9; default ${DEFAULT-VALUE}.")
  private int kills = 3;

  @Option(names = "--folder", description = "Where to write; default ${DEFAULT-VALUE}.")
  private Path folder = Path.of(System.getProperty("java.io.tmpdir"), "medtwin-bench-storage");

  @Option(names = "--json", description = "Write the result as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    var command =
        "./medtwin bench " + String.join(" ", spec.commandLine().getParseResult().originalArgs());
    var report =
        new Report("Storage", command.contains("storage") ? command : "./medtwin bench storage");
    if (parts.contains(Part.CHECKPOINT)) {
      checkpoints(report);
    }
    if (parts.contains(Part.APPEND)) {
      append(report);
    }
    if (parts.contains(Part.READ)) {
      read(report);
    }
    if (parts.contains(Part.KILL)) {
      kill(report);
    }
    clean();
    spec.commandLine().getOut().println(json ? report.json() : report.markdown());
    return 0;
  }

  private void append(Report report) throws Exception {
    var table =
        report.table(
            new Table(
                "Append, one transaction on the disk for each batch",
                "engine",
                "rows in a batch",
                "rows/s",
                "commit p50 ms",
                "p99 ms",
                "p99.9 ms",
                "max ms",
                "bytes a row"));
    for (Engine engine : engines()) {
      for (int batch : batches) {
        Path place = fresh();
        Appending appending;
        try (var store = engine.open(place)) {
          Appending.flatOut(store, batch, TimeUnit.SECONDS.toNanos(1), Long.MAX_VALUE); // warms up
          appending =
              Appending.flatOut(store, batch, TimeUnit.SECONDS.toNanos(seconds), Long.MAX_VALUE);
        }
        long last = lastIn(engine, place);
        table.add(
            engine.name().toLowerCase(java.util.Locale.ROOT),
            batch,
            appending.rowsPerSecond(),
            millis(appending.commits(), 50),
            millis(appending.commits(), 99),
            millis(appending.commits(), 99.9),
            millis(appending.commits(), 100),
            bytesIn(place) / (double) last);
        progress(table);
      }
    }
  }

  private void checkpoints(Report report) throws Exception {
    for (boolean paced : new boolean[] {true, false}) {
      int batch = paced ? 25 : 100;
      var table =
          report.table(
              new Table(
                  paced
                      ? "SQLite checkpoints at 5,000 rows/s: 25 rows each 5 ms, open loop"
                      : "SQLite checkpoints, batches of 100 as fast as it goes",
                  "checkpoint",
                  "rows/s",
                  "commit p50 ms",
                  "p99 ms",
                  "p99.9 ms",
                  "max ms",
                  "log max MiB",
                  "checkpoints ordered"));
      long nanos = TimeUnit.SECONDS.toNanos(paced ? 3L * seconds : seconds);
      for (Checkpointing checkpointing : CHECKPOINTINGS) {
        var outcome =
            checkpointing.run(
                fresh(),
                store ->
                    paced
                        ? Appending.paced(store, batch, nanos, TimeUnit.MILLISECONDS.toNanos(5))
                        : Appending.flatOut(store, batch, nanos, Long.MAX_VALUE));
        var commits = outcome.appending().commits();
        table.add(
            checkpointing.name(),
            outcome.appending().rowsPerSecond(),
            millis(commits, 50),
            millis(commits, 99),
            millis(commits, 99.9),
            millis(commits, 100),
            outcome.walBytesMax() / 1048576.0,
            outcome.checkpoints());
        progress(table);
      }
    }
  }

  private void read(Report report) throws Exception {
    var table =
        report.table(
            new Table(
                "Read " + rows + " rows back, in order, in a new process's cache of the library",
                "engine",
                "open ms",
                "read s",
                "rows/s"));
    for (Engine engine : engines()) {
      Path place = fresh();
      try (var store = engine.open(place)) {
        Appending.flatOut(store, 1000, TimeUnit.MINUTES.toNanos(5), rows);
      }
      long start = System.nanoTime();
      try (var store = engine.open(place)) {
        store.last();
        long opened = System.nanoTime();
        long[] seen = {0};
        store.forEach(row -> seen[0] += row.body().isEmpty() ? 0 : 1);
        long nanos = System.nanoTime() - opened;
        table.add(
            engine.name().toLowerCase(java.util.Locale.ROOT),
            (opened - start) / 1e6,
            nanos / 1e9,
            seen[0] * 1e9 / nanos);
        progress(table);
      }
    }
  }

  private void kill(Report report) throws Exception {
    var table =
        report.table(
            new Table(
                "kill -9 of a process in full write, batches of 100",
                "engine",
                "round",
                "rows told to be there",
                "rows there",
                "missing or damaged",
                "reopen ms"));
    for (Engine engine : engines()) {
      for (int round = 1; round <= kills; round++) {
        var killing = Killing.of(engine, fresh(), 100, rows * round / kills);
        table.add(
            engine.name().toLowerCase(java.util.Locale.ROOT),
            round,
            killing.told(),
            killing.found(),
            killing.missing(),
            killing.reopenNanos() / 1e6);
        progress(table);
      }
    }
    report.note(
        "kill -9 leaves the page cache alone: it shows what a crash of the process loses, not a"
            + " power cut.");
  }

  private List<Engine> engines() {
    return engines.stream().sorted().toList();
  }

  private void progress(Table table) {
    spec.commandLine().getErr().println(table.title() + ": " + table.rows().getLast());
    spec.commandLine().getErr().flush();
  }

  private static double millis(Histogram histogram, double percentile) {
    return histogram.getValueAtPercentile(percentile) / 1e6;
  }

  private static long lastIn(Engine engine, Path place) throws Exception {
    try (var store = engine.open(place)) {
      return store.last();
    }
  }

  private Path fresh() throws IOException {
    clean();
    return Files.createDirectories(folder);
  }

  private void clean() throws IOException {
    if (Files.exists(folder)) {
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static long bytesIn(Path place) throws IOException {
    long bytes = 0;
    try (var files = Files.walk(place)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }
}
