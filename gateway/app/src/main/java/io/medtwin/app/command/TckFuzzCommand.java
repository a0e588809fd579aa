package io.medtwin.app.command;

import io.medtwin.testkit.Conformance;
import io.medtwin.testkit.Effort;
import io.medtwin.testkit.FuzzResult;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code medtwin tck fuzz}: damages conversations until something is found. */
@Command(
    name = "fuzz",
    mixinStandardHelpOptions = true,
    description = {
      "Damage the conversations of a driver over and over; what makes it say, refuse or throw",
      "something new is damaged further. The same seed does the same each time."
    })
final class TckFuzzCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private final TckTarget target = new TckTarget();

  @Option(
      names = "--mutations",
      paramLabel = "COUNT",
      defaultValue = "" + Effort.MUTATIONS_LONG,
      description = "How many (default ${DEFAULT-VALUE}).")
  private long mutations = Effort.MUTATIONS_LONG;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description = "Where chance begins (default ${DEFAULT-VALUE}).")
  private long seed = 1;

  TckFuzzCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    boolean clean = true;
    try (var subjects = target.open(environment)) {
      for (TckSubjects.Named one : subjects.all()) {
        var effort = new Effort(Effort.DAY_FRAMES, mutations, mutations, seed, Effort.Focus.ALL);
        var result = new Conformance(one.subject(), effort).fuzz(mutations, this::progress);
        environment.out().println(one.id() + ": " + result);
        var finding = result.finding();
        if (finding != null) {
          clean = false;
          environment.out().println(finding.getMessage());
          environment.out().println("  why and how to fix: " + finding.rule().page());
        }
      }
    }
    return clean ? ExitCode.OK : ExitCode.FAILED;
  }

  /** Where a person looks on, each half second. */
  private void progress(FuzzResult sofar) {
    if (environment.terminal()) {
      environment.err().print("\r" + sofar + " ");
      environment.err().flush();
    }
  }
}
