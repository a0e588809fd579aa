package io.medtwin.benchmarks.load;

import io.medtwin.benchmarks.process.Child;
import io.medtwin.benchmarks.process.ProcessStat;
import io.medtwin.benchmarks.report.Report;
import io.medtwin.benchmarks.report.Table;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code medtwin bench W8}. */
@Command(
    name = "W8",
    mixinStandardHelpOptions = true,
    description = "ECG monitors with waveforms over TCP")
public final class EcgCommand extends LoadCommand {

  @Option(names = "--monitors", split = ",", description = "Default ${DEFAULT-VALUE}.")
  private List<Integer> monitors = List.of(16, 64);

  @Option(names = "--seconds", description = "Default ${DEFAULT-VALUE}.")
  private int seconds = 30;

  @Option(names = "--warm-up", description = "Seconds before; default ${DEFAULT-VALUE}.")
  private int warmUp = 15;

  @Override
  void run(Report report) throws Exception {
    var table =
        report.table(
            new Table(
                "ECG",
                "monitors",
                "cores",
                "CPU ms a monitor and second",
                "RSS MiB",
                "RSS max MiB",
                "threads",
                "merges/s",
                "simulators' cores"));
    for (int count : monitors) {
      try (var scene = scene()) {
        var simulators =
            scene.open(
                Child.java(
                    "monitors",
                    scene.folder(),
                    List.of("-Xmx256m"),
                    "monitors",
                    "--count=" + count));
        String[] ports = simulators.answer().split(" ");
        var file = new GatewayFile(scene.folder(), scene.endpoint().uri());
        for (int i = 0; i < count; i++) {
          file.own("ecg-" + i, "ivy-450c", "tcp:127.0.0.1:" + ports[i]);
        }
        var observer = scene.observer();
        scene.startGateway(file.write());
        TimeUnit.SECONDS.sleep(warmUp);
        ProcessStat before = scene.gatewayStat();
        ProcessStat simulatorsBefore = simulators.stat();
        long merges = observer.merges();
        TimeUnit.SECONDS.sleep(seconds);
        ProcessStat after = scene.gatewayStat();
        double cores = (after.cpuSeconds() - before.cpuSeconds()) / seconds;
        table.add(
            count,
            cores,
            cores * 1000 / count,
            after.rssMib(),
            after.rssMibMax(),
            after.threads(),
            (observer.merges() - merges) / (double) seconds,
            (simulators.stat().cpuSeconds() - simulatorsBefore.cpuSeconds()) / seconds);
        say("%s", table.rows().getLast());
      }
    }
  }
}
