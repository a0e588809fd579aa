package io.medtwin.app.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Stands for {@code medtwin demo} where the demo is not installed. */
@Command(
    name = "demo",
    description = "Not in this installation: the simulators are left out of production.")
public final class NoDemo implements Callable<Integer> {

  private final Environment environment;

  /** Says what to do instead. */
  public NoDemo(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    environment
        .err()
        .println(
            "medtwin: the demo is not part of this installation; run ./medtwin demo from the source"
                + " tree");
    return ExitCode.USAGE;
  }
}
