package io.medtwin.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
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
public final class Root implements Runnable, IVersionProvider {

  private final Environment environment;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** The root of the command line. */
  public Root(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  @Override
  public String[] getVersion() throws IOException {
    return new String[] {
      "medtwin " + environment.installation().version() + " on Java " + Runtime.version().feature()
    };
  }

  /**
   * Runs the command line of those arguments.
   *
   * @param more commands beside {@code run} and {@code check}
   * @return exit code
   */
  public static int run(Environment environment, List<String> arguments, Object... more) {
    var root = new Root(environment);
    var line =
        new CommandLine(root)
            .addSubcommand(new RunCommand(environment))
            .addSubcommand(new CheckCommand(environment))
            .addSubcommand(new StatusCommand(environment))
            .addSubcommand(new LedgerCommand(environment))
            .addSubcommand(new FlowCommand(environment))
            .addSubcommand(new FleetCommand(environment))
            .addSubcommand(new TapCommand(environment))
            .addSubcommand(new RecordCommand(environment))
            .addSubcommand(new ReplayCommand(environment))
            .addSubcommand(new ExplainCommand(environment))
            .addSubcommand(ConsoleCommand.line(environment))
            .addSubcommand(DeviceCommand.line(environment))
            .addSubcommand(DriverCommand.line(environment))
            .addSubcommand(TckCommand.line(environment))
            .addSubcommand(new ProfileCommand(environment))
            .addSubcommand(VocabCommand.line(environment))
            .addSubcommand(new GenerateCommand(environment))
            .addSubcommand(NewCommand.line(environment));
    for (Object command : more) {
      line.addSubcommand(command);
    }
    line.getCommandSpec().versionProvider(root);
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
