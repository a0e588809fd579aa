package io.medtwin.benchmarks.crash;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code medtwin bench crash}: kills the gateway again and again and counts what it broke. */
@Command(
    name = "crash",
    mixinStandardHelpOptions = true,
    description =
        "Kill the gateway under load, with its journal, backend, broker and clock failing by seed,"
            + " and judge each round. Exit code 1 on any violation.")
public final class CrashCommand implements Callable<Integer> {

  private static final Duration FIRST_START = Duration.ofSeconds(180);
  private static final long EVIDENCE_BYTES_MAX = 64L << 20;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many rounds (default ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description =
          "Seed of the first round; each further one has the next (default ${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--json", description = "Write one JSON object a round, and one at the end.")
  private boolean json;

  @Option(
      names = "--only",
      paramLabel = "FAULT",
      split = ",",
      description = "Only these faults, such as torn-log,disk-full.")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--settle",
      paramLabel = "SECONDS",
      defaultValue = "45",
      description =
          "Longest wait for the gateway to have told everything (default ${DEFAULT-VALUE}).")
  private int settleSeconds;

  @Option(
      names = "--pace",
      paramLabel = "MILLIS",
      defaultValue = "25",
      description = "Time between two messages of a device (default ${DEFAULT-VALUE}).")
  private int paceMillis;

  @Option(
      names = "--control",
      description =
          "Kill and damage nothing: rounds that show what the harness finds in a gateway that"
              + " lives.")
  private boolean control;

  @Option(names = "--keep", description = "Keep the folder with logs and journal in any case.")
  private boolean keep;

  @Option(
      names = "--home",
      paramLabel = "FOLDER",
      description = "The installation to crash (default: the one that runs this).")
  private @Nullable Path home;

  private final PrintStream out;

  /** Writes to standard output. */
  public CrashCommand() {
    this.out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var installation =
        home == null ? Path.of(System.getProperty("medtwin.home", ".")) : home.toAbsolutePath();
    var size = new Ward.Size(5, 4, 4, Duration.ofMillis(paceMillis));
    var tally = new Tally();
    Path folder;
    try (var ward = Ward.open(installation, size)) {
      folder = ward.folder();
      var able = able(ward);
      var logs = Files.createDirectories(folder.resolve("logs"));
      if (!starts(ward, logs)) {
        out.println("the gateway did not start; see " + logs);
        return 1;
      }
      for (int i = 1; i <= rounds; i++) {
        var plan = RoundPlan.of(seed + i - 1, able);
        var log = logs.resolve("round-" + plan.seed() + ".log");
        var result = new Round(ward, plan, log, Duration.ofSeconds(settleSeconds), control).play();
        tally.add(result);
        tell(i, result, log);
        if (result.violations().isEmpty()) {
          Files.deleteIfExists(log);
        } else {
          keepEvidence(ward, plan);
        }
      }
    }
    tally.tell(folder);
    if (!keep && tally.violations == 0) {
      delete(folder);
    }
    return tally.violations == 0 ? 0 : 1;
  }

  /** The first start may lay out classes for the later ones. */
  private static boolean starts(Ward ward, Path logs) throws IOException {
    ward.startGateway(logs.resolve("first.log"), Duration.ZERO);
    var gateway = ward.gateway().orElseThrow();
    return Await.until(FIRST_START, () -> ward.isSubscribed() || !gateway.isAlive())
        && ward.isSubscribed();
  }

  private List<Fault> able(Ward ward) {
    var unable = ward.unable();
    if (!ward.hasJournal()) {
      skipped("ledger", "no journal");
    }
    unable.forEach((fault, why) -> skipped(fault.word(), why));
    var able =
        Arrays.stream(Fault.values())
            .filter(fault -> !unable.containsKey(fault))
            .filter(fault -> only.isEmpty() || only.contains(fault.word()))
            .toList();
    if (able.isEmpty()) {
      throw new IllegalArgumentException("none of these faults can be made here: " + only);
    }
    return able;
  }

  private void skipped(String what, String why) {
    out.println(
        json
            ? "{\"skipped\":"
                + RoundResult.quoted(what)
                + ",\"why\":"
                + RoundResult.quoted(why)
                + "}"
            : "skipped: " + what + ": " + why);
  }

  private void tell(int number, RoundResult result, Path log) {
    if (json) {
      out.println(result.json(number));
      return;
    }
    out.println(result.line(number));
    result.violations().forEach(violation -> out.println("  " + violation));
    if (!result.violations().isEmpty()) {
      out.println("  log " + log);
      out.println(
          "  again: ./medtwin bench crash --rounds 1 --seed "
              + result.plan().seed()
              + (only.isEmpty() ? "" : " --only " + String.join(",", only)));
    }
  }

  /** The journal as it is after a violation. */
  private static void keepEvidence(Ward ward, RoundPlan plan) throws IOException {
    var to = Files.createDirectories(ward.folder().resolve("evidence-" + plan.seed()));
    try (var files = Files.list(ward.disk().folder())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.size(file) <= EVIDENCE_BYTES_MAX) {
          Files.copy(file, to.resolve(file.getFileName()));
        }
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Sums over the rounds. */
  private final class Tally {
    private final List<Duration> back = new ArrayList<>();
    private final List<Duration> allBack = new ArrayList<>();
    private int count;
    private int bad;
    private int violations;
    private long said;

    void add(RoundResult result) {
      count++;
      said += result.said();
      violations += result.violations().size();
      bad += result.violations().isEmpty() ? 0 : 1;
      result.backAfter().ifPresent(back::add);
      result.allBackAfter().ifPresent(allBack::add);
    }

    void tell(Path folder) {
      if (json) {
        out.printf(
            Locale.ROOT,
            "{\"rounds\":%d,\"roundsWithViolations\":%d,\"violations\":%d,\"messages\":%d,\"backMedianMillis\":%d,\"backMaxMillis\":%d,\"allBackMedianMillis\":%d,\"allBackMaxMillis\":%d}%n",
            count,
            bad,
            violations,
            said,
            rank(back, 0.5),
            rank(back, 1),
            rank(allBack, 0.5),
            rank(allBack, 1));
        return;
      }
      out.printf(
          Locale.ROOT,
          "%d rounds, %d messages, %d violations in %d rounds; from process start to the first"
              + " merge: median %d ms, longest %d ms; to the last twin's: median %d ms, longest %d"
              + " ms (%d clean restarts)%n",
          count,
          said,
          violations,
          bad,
          rank(back, 0.5),
          rank(back, 1),
          rank(allBack, 0.5),
          rank(allBack, 1),
          back.size());
      if (violations > 0 || keep) {
        out.println("logs and journals are kept in " + folder);
      }
    }

    private static long rank(List<Duration> times, double part) {
      if (times.isEmpty()) {
        return 0;
      }
      var sorted = times.stream().sorted().toList();
      return sorted.get((int) Math.round(part * (sorted.size() - 1))).toMillis();
    }
  }
}
