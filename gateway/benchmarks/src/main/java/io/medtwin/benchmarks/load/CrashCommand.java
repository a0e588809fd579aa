package io.medtwin.benchmarks.load;

import io.medtwin.benchmarks.report.Report;
import io.medtwin.benchmarks.report.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code medtwin bench W4}. */
@Command(
    name = "W4",
    mixinStandardHelpOptions = true,
    description = "kill -9 of the gateway under load, and start again")
public final class CrashCommand extends LoadCommand {

  private static final int BETWEEN_SECONDS = 5;
  private static final int LIMIT_SECONDS = 60;

  @Option(names = "--rounds", description = "Default ${DEFAULT-VALUE}.")
  private int rounds = 5;

  @Option(names = "--rate", description = "Messages a second; default ${DEFAULT-VALUE}.")
  private long rate = 1000;

  @Option(names = "--devices", description = "Default ${DEFAULT-VALUE}.")
  private int devices = 200;

  @Option(
      names = "--prefill",
      description =
          "Messages before the first round, so that the journal is large (5,000,000 are about 1"
              + " GiB); default ${DEFAULT-VALUE}.")
  private long prefill = 0;

  @Override
  void run(Report report) throws Exception {
    var table =
        report.table(
            new Table(
                "Crash",
                "round",
                "journal MiB",
                "start to first acknowledged twin s",
                "start to all twins live s",
                "wrong at the end",
                "reordered",
                "duplicates"));
    try (var scene = scene()) {
      var observer = scene.observer();
      var gateway = scene.mqttGateway(devices);
      var generator = scene.mqttGenerator(devices);
      var ladder = new Ladder(scene, generator, devices, "gateway", gateway.child());
      ladder.warmUp(BETWEEN_SECONDS);
      if (prefill > 0) {
        say("prefill of %,d messages", prefill);
        long sent = generator.run(0, prefill).inAll();
        scene.awaitLast(scene.expected(devices, sent), 600);
      }
      for (int round = 1; round <= rounds; round++) {
        int seconds = BETWEEN_SECONDS + LIMIT_SECONDS / 4;
        generator.start(rate, rate * seconds);
        TimeUnit.SECONDS.sleep(BETWEEN_SECONDS);
        gateway.kill();
        observer.forgetFirst();
        double journal = bytesIn(scene.folder().resolve("journal")) / 1048576.0;
        Map<String, Long> before = new HashMap<>();
        scene.expected(devices, 0).keySet().forEach(id -> before.put(id, observer.number(id) + 1));
        long start = System.nanoTime();
        gateway.startAgain();
        long live = scene.awaitLast(before, LIMIT_SECONDS);
        long first = observer.firstNanos();
        long sent = generator.await().inAll();
        var expected = scene.expected(devices, sent);
        scene.awaitLast(expected, LIMIT_SECONDS);
        table.add(
            round,
            journal,
            first == 0 ? Double.NaN : (first - start) / 1e9,
            live == 0 ? Double.NaN : (live - start) / 1e9,
            scene.wrong(expected),
            observer.reordered(),
            observer.duplicates());
        say("%s; logs in %s", table.rows().getLast(), scene.folder());
      }
    }
    report.note(
        "The seeded crash rounds with their ledger are the crash harness's; here it is about"
            + " time.");
  }

  private static long bytesIn(Path place) throws IOException {
    if (!Files.exists(place)) {
      return 0;
    }
    long bytes = 0;
    try (var files = Files.walk(place)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }
}
