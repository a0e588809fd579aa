package io.medtwin.benchmarks.load;

import io.medtwin.benchmarks.mqtt.Broker;
import io.medtwin.benchmarks.report.Report;
import io.medtwin.benchmarks.report.Table;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code medtwin bench W2}. */
@Command(
    name = "W2",
    mixinStandardHelpOptions = true,
    description = "Throughput: SenML over CoAP, NON and CON, each device from a socket of its own")
public final class CoapCommand extends LoadCommand {

  private static final long CLOSING_RATE = 250;

  @Option(names = "--devices", split = ",", description = "Default ${DEFAULT-VALUE}.")
  private List<Integer> devices = List.of(500);

  @Option(names = "--rates", split = ",", description = "Posts a second; default ${DEFAULT-VALUE}.")
  private List<Long> rates = List.of(1000L, 2500L, 5000L, 10_000L);

  @Option(names = "--seconds", description = "For each rate; default ${DEFAULT-VALUE}.")
  private int seconds = 10;

  @Option(names = "--warm-up", description = "Seconds at 2,000/s before; default ${DEFAULT-VALUE}.")
  private int warmUp = 10;

  @Override
  void run(Report report) throws Exception {
    var table = report.table(Ladder.table());
    var answers =
        report.table(
            new Table(
                "Post to 2.04, which leaves when the message is durable, ms",
                "type",
                "devices",
                "posts/s",
                "p50",
                "p99",
                "p99.9",
                "answered",
                "not answered",
                "other answers"));
    var threads = report.table(Ladder.threads());
    for (int count : devices) {
      for (boolean confirmable : new boolean[] {true, false}) {
        run(table, answers, threads, count, confirmable);
      }
    }
    report.note(
        "A post that is refused or lost is not sent again here; after each step every device posts"
            + " once more at "
            + CLOSING_RATE
            + "/s.");
  }

  private void run(Table table, Table answers, Table threads, int count, boolean confirmable)
      throws Exception {
    String type = confirmable ? "CON" : "NON";
    try (var scene = scene()) {
      int port = Broker.freePort();
      var file = new GatewayFile(scene.folder(), scene.endpoint().uri()).coap(port);
      for (int device = 0; device < count; device++) {
        file.behind("posts", "bench-patch", Traffic.name(device));
      }
      scene.observer();
      scene.startGateway(file.write());
      Thread.sleep(3000); // a datagram to a closed port is lost
      var generator = scene.open(Generator.coap(scene.folder(), port, confirmable, count));
      var ladder = new Ladder(scene, generator, count, type, scene.gateway().child(), CLOSING_RATE);
      ladder.warmUp(warmUp);
      for (long rate : rates) {
        var order = ladder.step(table, threads, rate, rate * seconds);
        var times = order.times();
        long messages = rate * seconds;
        answers.add(
            type,
            count,
            rate,
            Long.parseLong(times.get(0)) / 1000.0,
            Long.parseLong(times.get(1)) / 1000.0,
            Long.parseLong(times.get(2)) / 1000.0,
            order.answered(),
            messages - order.answered(),
            Long.parseLong(times.get(3)));
        say("  %s", answers.rows().getLast());
      }
    }
  }
}
