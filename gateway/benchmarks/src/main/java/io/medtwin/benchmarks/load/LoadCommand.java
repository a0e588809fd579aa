package io.medtwin.benchmarks.load;

import io.medtwin.benchmarks.process.ProcessStat;
import io.medtwin.benchmarks.report.Report;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all whole-process runs have in common: options, the report, progress on standard error. */
abstract class LoadCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--folder",
      description = "For logs, gateway files and journals; default ${DEFAULT-VALUE}.")
  private Path folder = Path.of(System.getProperty("java.io.tmpdir"), "medtwin-bench");

  @Option(
      names = "--gateway-java",
      description = "Options for the gateway's JVM, such as -XX:StartFlightRecording=…")
  private String gatewayJava = "";

  @Option(names = "--json", description = "Write the result as JSON.")
  private boolean json;

  /** Does the run and adds its tables. */
  abstract void run(Report report) throws Exception;

  @Override
  public final Integer call() throws Exception {
    var arguments = spec.commandLine().getParseResult().originalArgs();
    var command = "./medtwin bench " + String.join(" ", arguments);
    var report =
        new Report(spec.name() + ": " + spec.usageMessage().description()[0], command.strip());
    run(report);
    spec.commandLine().getOut().println(json ? report.json() : report.markdown());
    spec.commandLine().getOut().flush();
    return 0;
  }

  final Scene scene() throws Exception {
    return new Scene(new Scene.Options(folder, gatewayJava, spec.commandLine().getErr()));
  }

  final void say(String text, Object... values) {
    spec.commandLine().getErr().printf(text + "%n", values);
    spec.commandLine().getErr().flush();
  }

  static double millis(Histogram micros, double percentile) {
    return micros.getTotalCount() == 0
        ? Double.NaN
        : micros.getValueAtPercentile(percentile) / 1000.0;
  }

  static double microsPerMessage(ProcessStat before, ProcessStat after, long messages) {
    return (after.cpuSeconds() - before.cpuSeconds()) * 1e6 / messages;
  }
}
