package io.medtwin.benchmarks;

import io.medtwin.benchmarks.report.Report;
import io.medtwin.benchmarks.report.Table;
import java.util.concurrent.Callable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code medtwin bench jmh}. */
@Command(
    name = "jmh",
    mixinStandardHelpOptions = true,
    description = "Codecs, normalizer, twin and outbox, by JMH with its allocation profiler.")
final class JmhCommand implements Callable<Integer> {

  private static final String ALLOCATED = "gc.alloc.rate.norm";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(arity = "0..1", description = "Regular expression; default: all.")
  private String filter = "io.medtwin.benchmarks.jmh";

  @Option(names = "--short", description = "One fork, short iterations.")
  private boolean brief;

  @Option(names = "--json", description = "Write the result as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    var options =
        new OptionsBuilder()
            .include(filter)
            .forks(brief ? 1 : 2)
            .warmupIterations(brief ? 3 : 5)
            .warmupTime(TimeValue.milliseconds(brief ? 500 : 1000))
            .measurementIterations(5)
            .measurementTime(TimeValue.milliseconds(brief ? 500 : 1000))
            .addProfiler(GCProfiler.class)
            .jvmArgsAppend("-Xmx512m", "-XX:+UseSerialGC")
            .verbosity(VerboseMode.SILENT)
            .build();
    var report =
        new Report(
            "jmh: codecs, normalizer, twin, outbox",
            "./medtwin bench jmh" + (brief ? " --short" : ""));
    var table =
        report.table(
            new Table("JMH, one thread", "benchmark", "ns/op", "± 99.9 %", "bytes allocated/op"));
    for (RunResult result : new Runner(options).run()) {
      var primary = result.getPrimaryResult();
      var allocated = result.getSecondaryResults().get(ALLOCATED);
      String name = result.getParams().getBenchmark();
      table.add(
          name.replaceFirst(".*\\.(\\w+\\.\\w+)$", "$1") + parameters(result.getParams()),
          primary.getScore(),
          primary.getScoreError(),
          allocated == null ? Double.NaN : allocated.getScore());
      spec.commandLine().getErr().println(table.rows().getLast());
    }
    spec.commandLine().getOut().println(json ? report.json() : report.markdown());
    spec.commandLine().getOut().flush();
    return 0;
  }

  private static String parameters(BenchmarkParams of) {
    var text = new StringBuilder();
    for (String key : of.getParamsKeys()) {
      text.append(' ').append(key).append('=').append(of.getParam(key));
    }
    return text.toString();
  }
}
