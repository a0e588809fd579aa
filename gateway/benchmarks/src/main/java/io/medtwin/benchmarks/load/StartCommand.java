package io.medtwin.benchmarks.load;

import io.medtwin.benchmarks.report.Report;
import io.medtwin.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code medtwin bench start}. */
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    description = "Process start to first acknowledged twin, devices sending all the while")
public final class StartCommand extends LoadCommand {

  private static final int LIMIT_SECONDS = 30;
  private static final int SECONDS_A_ROUND_MAX = 12;

  @Option(names = "--rounds", description = "Default ${DEFAULT-VALUE}.")
  private int rounds = 7;

  @Option(names = "--devices", description = "Default ${DEFAULT-VALUE}.")
  private int devices = 20;

  @Option(names = "--rate", description = "Messages a second; default ${DEFAULT-VALUE}.")
  private long rate = 200;

  @Override
  void run(Report report) throws Exception {
    var table =
        report.table(
            new Table(
                "Start",
                "round",
                "to first acknowledged twin s",
                "CPU until then s",
                "RSS then MiB"));
    var times = new ArrayList<Double>();
    try (var scene = scene()) {
      var observer = scene.observer();
      var gateway = scene.mqttGateway(devices);
      var generator = scene.mqttGenerator(devices);
      generator.start(rate, rate * SECONDS_A_ROUND_MAX * (rounds + 1));
      awaitFirst(scene);
      for (int round = 1; round <= rounds; round++) {
        TimeUnit.SECONDS.sleep(2);
        gateway.close(); // in order, so that its class archive is written
        observer.forgetFirst();
        long start = System.nanoTime();
        gateway.startAgain();
        double seconds = (awaitFirst(scene) - start) / 1e9;
        var stat = gateway.stat();
        times.add(seconds);
        table.add(round, seconds, stat.cpuSeconds(), stat.rssMib());
        say("%s", table.rows().getLast());
      }
    }
    double median = times.stream().sorted().toList().get(times.size() / 2);
    report.note("Median %.2f s, from the fork of the launcher.".formatted(median));
  }

  private static long awaitFirst(Scene scene) throws Exception {
    var observer = scene.observer();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (observer.firstNanos() == 0) {
      if (System.nanoTime() > end) {
        throw new java.io.IOException("no twin within " + LIMIT_SECONDS + " s");
      }
      Thread.sleep(1);
    }
    return observer.firstNanos();
  }
}
