package io.medtwin.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code medtwin} itself: says what there is. */
@Command(
    name = "medtwin",
    mixinStandardHelpOptions = true,
    header = "MedTwin Gateway: from the wire of medical devices to their twins in Eclipse Ditto.",
    footer = {
      "",
      "Exit codes: 0 all went well, 1 failed, 2 wrong command line, 3 wrong configuration,",
      "4 the demo ended before every device was a live twin.",
      "",
      "A documentation and transport system: never therapy control, never the primary alarm."
    })
public final class Root implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  private Root() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  /**
   * Runs the command line of those arguments. Of all commands only the named one is built, since
   * the others are a third of what a start costs; all of them where help needs them.
   *
   * @param more commands beside those of every installation, by name; behind them in the help
   * @return exit code
   */
  public static int run(
      Environment environment, List<String> arguments, Map<String, Supplier<Object>> more) {
    var line = new CommandLine(new Root());
    var commands = Commands.of(environment);
    commands.putAll(new TreeMap<>(more));
    @Nullable Supplier<Object> wanted = arguments.isEmpty() ? null : commands.get(arguments.get(0));
    if (wanted != null) {
      line.addSubcommand(wanted.get());
    } else {
      commands.values().forEach(command -> line.addSubcommand(command.get()));
    }
    line.getCommandSpec().versionProvider(new Version(environment));
    line.setOut(new PrintWriter(environment.out(), true));
    line.setErr(new PrintWriter(environment.err(), true));
    line.setExecutionExceptionHandler(
        (failure, commandLine, parsed) -> {
          if (failure instanceof IOException) { // what the system refused, such as a port
            environment.err().println("medtwin: " + failure.getMessage());
          } else {
            environment.err().println("medtwin: " + failure);
            failure.printStackTrace(environment.err());
          }
          return ExitCode.FAILED;
        });
    return line.execute(arguments.toArray(String[]::new));
  }
}
