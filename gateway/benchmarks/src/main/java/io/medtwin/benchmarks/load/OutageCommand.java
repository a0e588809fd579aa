package io.medtwin.benchmarks.load;

import io.medtwin.benchmarks.process.ProcessStat;
import io.medtwin.benchmarks.report.Report;
import io.medtwin.benchmarks.report.Table;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code medtwin bench W3}. */
@Command(
    name = "W3",
    mixinStandardHelpOptions = true,
    description = "The twin endpoint is gone for a while under load, and comes back")
public final class OutageCommand extends LoadCommand {

  private static final int BEFORE_SECONDS = 5;
  private static final int RIGHT_LIMIT_SECONDS = 180;

  @Option(
      names = "--outages",
      split = ",",
      description = "Seconds; 600 is the long one of the figures; default ${DEFAULT-VALUE}.")
  private List<Integer> outages = List.of(5, 60);

  @Option(names = "--rate", description = "Messages a second; default ${DEFAULT-VALUE}.")
  private long rate = 1000;

  @Option(names = "--devices", description = "Default ${DEFAULT-VALUE}.")
  private int devices = 200;

  @Override
  void run(Report report) throws Exception {
    var table =
        report.table(
            new Table(
                "Outage",
                "outage s",
                "messages in it",
                "back: gateway writes after s",
                "back: every feature right after s",
                "wrong",
                "reordered",
                "duplicates",
                "RSS before MiB",
                "RSS max MiB",
                "CPU µs/message in it"));
    for (int outage : outages) {
      run(table, outage);
    }
    report.note(
        "The load ends when the endpoint comes back; seconds count from there, with the gateway's"
            + " own pause before it connects again. Rivals: 0.7–1.6 s after 5 s, with 0.03–96 % of"
            + " the values lost.");
  }

  private void run(Table table, int outage) throws Exception {
    try (var scene = scene()) {
      var observer = scene.observer();
      scene.mqttGateway(devices);
      var generator = scene.mqttGenerator(devices);
      var warm = new Ladder(scene, generator, devices, "gateway", scene.gateway().child());
      warm.warmUp(BEFORE_SECONDS);
      long messages = rate * (BEFORE_SECONDS + outage);
      generator.start(rate, messages);
      TimeUnit.SECONDS.sleep(BEFORE_SECONDS);
      ProcessStat before = scene.gatewayStat();
      scene.endpoint().order("down");
      long sent = generator.await().inAll();
      ProcessStat after = scene.gatewayStat();
      long commands = scene.endpoint().counters().commands();
      scene.endpoint().order("up");
      long back = System.nanoTime();
      observer.connect();
      Map<String, Long> expected = scene.expected(devices, sent);
      double writes = Double.NaN;
      double right = Double.NaN;
      int wrong = -1;
      while (System.nanoTime() - back < TimeUnit.SECONDS.toNanos(RIGHT_LIMIT_SECONDS)) {
        if (Double.isNaN(writes) && scene.endpoint().counters().commands() > commands) {
          writes = (System.nanoTime() - back) / 1e9;
        }
        wrong = scene.wrong(expected);
        commands += Double.isNaN(writes) ? reads() : 0;
        if (wrong == 0) {
          right = (System.nanoTime() - back) / 1e9;
          break;
        }
        Thread.sleep(50);
      }
      table.add(
          outage,
          rate * outage,
          writes,
          right,
          wrong,
          observer.reordered(),
          observer.duplicates(),
          before.rssMib(),
          scene.gatewayStat().rssMibMax(),
          microsPer(before, after, outage));
      say("%s; logs in %s", table.rows().getLast(), scene.folder());
    }
  }

  /** Our own reading of all things counts as commands, too. */
  private long reads() {
    return io.medtwin.benchmarks.twin.Verification.requests(devices);
  }

  private double microsPer(ProcessStat before, ProcessStat after, int outage) {
    return microsPerMessage(before, after, rate * outage);
  }
}
