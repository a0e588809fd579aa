package io.medtwin.app.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code medtwin driver}: the drivers that a gateway has, and how it gets others. */
@Command(
    name = "driver",
    mixinStandardHelpOptions = true,
    description = "The drivers of a gateway, in plugins: one folder of jars each.")
final class DriverCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  private DriverCommand() {}

  /** The command with its subcommands. */
  static CommandLine line(Environment environment) {
    return new CommandLine(new DriverCommand())
        .addSubcommand(new DriverListCommand(environment))
        .addSubcommand(new DriverInstallCommand(environment))
        .addSubcommand(new DriverRemoveCommand(environment));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do: driver list, driver install, driver remove");
  }
}
