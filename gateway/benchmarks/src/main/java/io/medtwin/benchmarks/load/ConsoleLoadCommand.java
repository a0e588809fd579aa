package io.medtwin.benchmarks.load;

import io.medtwin.benchmarks.report.Report;
import io.medtwin.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code medtwin bench W9}. */
@Command(
    name = "W9",
    mixinStandardHelpOptions = true,
    description = "The line beside its console: off, watched, stuck, dropped, flooded")
public final class ConsoleLoadCommand extends LoadCommand {

  @Option(names = "--devices", description = "Default ${DEFAULT-VALUE}.")
  private int devices = 200;

  @Option(names = "--rate", description = "Messages a second; default ${DEFAULT-VALUE}.")
  private long rate = 1_000;

  @Option(names = "--seconds", description = "For each manner; default ${DEFAULT-VALUE}.")
  private int seconds = 20;

  @Option(names = "--warm-up", description = "Seconds at 2,000/s before; default ${DEFAULT-VALUE}.")
  private int warmUp = 15;

  @Override
  void run(Report report) throws Exception {
    var ladder = report.table(Ladder.table());
    var latencies = report.table(Ladder.latencies());
    var threads = report.table(Ladder.threads());
    measure(report, ladder, latencies, threads, false, List.of(Crowd.Manner.NOBODY));
    var manners = new ArrayList<>(List.of(Crowd.Manner.values()));
    manners.add(Crowd.Manner.NOBODY); // once more: what the others left behind
    measure(report, ladder, latencies, threads, true, manners);
  }

  private void measure(
      Report report,
      Table table,
      Table latencies,
      Table threads,
      boolean console,
      List<Crowd.Manner> manners)
      throws Exception {
    try (var scene = scene()) {
      scene.observer();
      var file = scene.mqttFile(devices);
      scene.startGateway((console ? file.console() : file).write());
      var generator = scene.mqttGenerator(devices);
      var first = ladder(scene, generator, console, manners.getFirst());
      first.warmUp(warmUp);
      var probes = scene.probes();
      for (Crowd.Manner manner : manners) {
        var ladder = ladder(scene, generator, console, manner);
        try (var crowd = new Crowd(scene.folder().resolve("journal"), manner)) {
          ladder.forgetLatencies();
          ladder.step(table, threads, rate, rate * seconds);
          ladder.latencies(latencies, rate);
          if (!crowd.answers().isEmpty()) {
            report.note("%d of %s heard: %s".formatted(manner.count, manner, crowd.answers()));
          }
        }
      }
      scene.close(probes);
    }
  }

  private Ladder ladder(Scene scene, Generator generator, boolean console, Crowd.Manner manner) {
    var what = console ? "console, " + manner : "no console";
    return new Ladder(scene, generator, devices, what, scene.gateway().child());
  }
}
