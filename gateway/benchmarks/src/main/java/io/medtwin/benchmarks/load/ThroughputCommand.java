package io.medtwin.benchmarks.load;

import io.medtwin.benchmarks.process.Child;
import io.medtwin.benchmarks.report.Report;
import io.medtwin.benchmarks.report.Table;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code medtwin bench W1}. */
@Command(
    name = "W1",
    mixinStandardHelpOptions = true,
    description = "Throughput: SenML over MQTT at QoS 1, to acknowledged twins")
public final class ThroughputCommand extends LoadCommand {

  /** What the bare bridge does with messages. */
  enum Bare {
    COALESCED,
    EACH,
    NONE
  }

  private static final long LIMIT_MESSAGES_MIN = 100_000;

  @Option(names = "--devices", split = ",", description = "Default ${DEFAULT-VALUE}.")
  private List<Integer> devices = List.of(500);

  @Option(
      names = "--rates",
      split = ",",
      description = "Messages a second; default ${DEFAULT-VALUE}.")
  private List<Long> rates = List.of(1000L, 5000L, 10_000L, 20_000L, 30_000L);

  @Option(names = "--seconds", description = "For each rate; default ${DEFAULT-VALUE}.")
  private int seconds = 10;

  @Option(
      names = "--flood",
      description = "Messages as fast as it goes, 0 for none; default ${DEFAULT-VALUE}.")
  private long flood = 300_000;

  @Option(
      names = "--bare",
      description =
          "The bare bridge beside it, in the same minute: ${COMPLETION-CANDIDATES}; default"
              + " ${DEFAULT-VALUE}. COALESCED, one merge for each device and second, is what the"
              + " gateway is compared with; EACH is one merge for each message.")
  private Bare bare = Bare.COALESCED;

  @Option(names = "--warm-up", description = "Seconds at 2,000/s before; default ${DEFAULT-VALUE}.")
  private int warmUp = 10;

  @Override
  void run(Report report) throws Exception {
    var ladder = report.table(Ladder.table());
    var latencies = report.table(Ladder.latencies());
    var threads = report.table(Ladder.threads());
    for (int count : devices) {
      withGateway(report, ladder, latencies, threads, count);
      if (bare != Bare.NONE) {
        withBridge(ladder, threads, count, bare == Bare.EACH);
        compare(report, ladder, count);
      }
    }
  }

  private void withGateway(Report report, Table table, Table latencies, Table threads, int count)
      throws Exception {
    try (var scene = scene()) {
      double limit = scene.generatorLimit(count, Math.max(LIMIT_MESSAGES_MIN, flood));
      report.note(
          "%d devices: generator and %s alone, with a subscriber that forgets all: %,.0f messages/s."
              .formatted(count, scene.broker().what(), limit));
      say("generator's own limit %,.0f/s; logs in %s", limit, scene.folder());
      scene.observer();
      scene.mqttGateway(count);
      var ladder =
          new Ladder(scene, scene.mqttGenerator(count), count, "gateway", scene.gateway().child());
      ladder.warmUp(warmUp);
      var probes = scene.probes();
      for (long rate : rates) {
        ladder.step(table, threads, rate, rate * seconds);
        ladder.latencies(latencies, rate);
      }
      if (flood > 0) {
        ladder.step(table, threads, 0, flood);
        ladder.latencies(latencies, 0);
      }
      scene.close(probes);
    }
  }

  private void withBridge(Table table, Table threads, int count, boolean each) throws Exception {
    try (var scene = scene()) {
      scene.observer();
      scene.bareThings(count);
      var bridge =
          scene.open(
              Child.java(
                  "bridge",
                  scene.folder(),
                  List.of("-Xms64m", "-Xmx512m", "-XX:TieredStopAtLevel=4"),
                  "bridge",
                  "--broker=" + scene.broker().uri(),
                  "--ditto=" + scene.endpoint().uri(),
                  "--each=" + each));
      bridge.answer();
      var ladder =
          new Ladder(
              scene,
              scene.mqttGenerator(count),
              count,
              each ? "bare, each" : "bare, coalesced",
              bridge);
      ladder.warmUp(warmUp);
      ladder.step(table, threads, rates.getLast(), rates.getLast() * seconds);
      if (flood > 0) {
        ladder.step(table, threads, 0, flood);
      }
    }
  }

  /** Done/s and CPU of the floods, or of the last rate without one. */
  private void compare(Report report, Table table, int count) {
    int done = table.columns().indexOf("done/s");
    int cpu = table.columns().indexOf("CPU µs/message");
    String step = flood > 0 ? "flood" : Long.toString(rates.getLast());
    var same =
        table.rows().stream()
            .filter(row -> row.get(1).equals(count) && row.get(2).equals(step))
            .toList();
    var gateway = same.getFirst();
    var bridge = same.getLast();
    report.note(
        "%d devices, %s: the gateway does %.0f %% of the bare bridge's rate, with %.0f %% of its CPU a message."
            .formatted(
                count,
                step,
                100 * (double) gateway.get(done) / (double) bridge.get(done),
                100 * (double) gateway.get(cpu) / (double) bridge.get(cpu)));
  }
}
