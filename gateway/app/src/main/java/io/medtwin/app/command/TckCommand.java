package io.medtwin.app.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code medtwin tck}: the conformance kit, for people and scripts without a build. */
@Command(
    name = "tck",
    mixinStandardHelpOptions = true,
    description = "The conformance kit: how a driver keeps the rules, and the grade it holds.")
final class TckCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  private TckCommand() {}

  /** The command with its subcommands. */
  static CommandLine line(Environment environment) {
    return new CommandLine(new TckCommand())
        .addSubcommand(new TckRunCommand(environment))
        .addSubcommand(new TckFuzzCommand(environment))
        .addSubcommand(new TckListCommand(environment))
        .addSubcommand(new TckSelftestCommand(environment))
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do: tck run, tck fuzz, tck list, tck selftest");
  }
}
