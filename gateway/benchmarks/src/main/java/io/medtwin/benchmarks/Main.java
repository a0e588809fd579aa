package io.medtwin.benchmarks;

import io.medtwin.benchmarks.crash.CrashCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code medtwin bench}: measures the gateway, on loopback, bounded in count and time. */
@Command(
    name = "medtwin bench",
    mixinStandardHelpOptions = true,
    description = "Measure the gateway on this machine. Everything stays on loopback.",
    subcommands = {CrashCommand.class})
public final class Main implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Starts it. */
  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
