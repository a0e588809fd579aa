package io.medtwin.app.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code medtwin new}: what a device maker begins with. */
@Command(
    name = "new",
    mixinStandardHelpOptions = true,
    description = "Begin a driver, or a profile from a recording.")
final class NewCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  private NewCommand() {}

  /** The command with its subcommands. */
  static CommandLine line(Environment environment) {
    return new CommandLine(new NewCommand())
        .addSubcommand(new NewDriverCommand(environment))
        .addSubcommand(new NewProfileCommand(environment));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to begin: new driver, new profile");
  }
}
