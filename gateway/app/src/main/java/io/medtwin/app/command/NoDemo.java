package io.medtwin.app.command;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Stands for {@code medtwin demo} and {@code medtwin simulate} where they are not installed. */
@Command(description = "Not in this installation: the simulators are left out of production.")
public final class NoDemo implements Callable<Integer> {

  private final Environment environment;
  private final String name;

  private NoDemo(Environment environment, String name) {
    this.environment = environment;
    this.name = name;
  }

  /** A command of that name that says what to do instead. */
  public static Object instead(Environment environment, String name) {
    var line = new CommandLine(new NoDemo(environment, name));
    line.getCommandSpec().name(name);
    line.setUnmatchedArgumentsAllowed(true); // whatever was wanted, it is not here
    return line;
  }

  @Override
  public Integer call() {
    environment
        .err()
        .println(
            "medtwin: "
                + (name.equals("demo") ? "the demo" : "a simulator")
                + " is not part of this installation; run ./medtwin "
                + name
                + " from the source tree");
    return ExitCode.USAGE;
  }
}
