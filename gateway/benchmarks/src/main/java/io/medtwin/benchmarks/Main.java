package io.medtwin.benchmarks;

import io.medtwin.benchmarks.bridge.BridgeCommand;
import io.medtwin.benchmarks.load.CoapCommand;
import io.medtwin.benchmarks.load.ConsoleLoadCommand;
import io.medtwin.benchmarks.load.CrashCommand;
import io.medtwin.benchmarks.load.DeadEndpointsCommand;
import io.medtwin.benchmarks.load.EcgCommand;
import io.medtwin.benchmarks.load.GeneratorCommand;
import io.medtwin.benchmarks.load.LimitCommand;
import io.medtwin.benchmarks.load.MonitorsCommand;
import io.medtwin.benchmarks.load.OutageCommand;
import io.medtwin.benchmarks.load.StartCommand;
import io.medtwin.benchmarks.load.ThroughputCommand;
import io.medtwin.benchmarks.mqtt.BrokerCommand;
import io.medtwin.benchmarks.storage.StorageCommand;
import io.medtwin.benchmarks.twin.EndpointCommand;
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
    subcommands = {
      FiguresCommand.class,
      StartCommand.class,
      ThroughputCommand.class,
      CoapCommand.class,
      OutageCommand.class,
      CrashCommand.class,
      LimitCommand.class,
      DeadEndpointsCommand.class,
      EcgCommand.class,
      ConsoleLoadCommand.class,
      io.medtwin.benchmarks.crash.CrashCommand.class,
      StorageCommand.class,
      JmhCommand.class,
      BridgeCommand.class,
      BrokerCommand.class,
      EndpointCommand.class,
      GeneratorCommand.class,
      MonitorsCommand.class
    })
public final class Main implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Starts it. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
