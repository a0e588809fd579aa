package io.medtwin.app.command;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which running gateway is meant, and how to tell the answer: options of several commands. */
final class RunningGateway {

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      defaultValue = DeviceCommand.USUAL_FILE,
      description = "The gateway's YAML file (default ${DEFAULT-VALUE}).")
  Path file = Path.of(DeviceCommand.USUAL_FILE);

  @Option(names = "--json", description = "Write what the gateway answers as JSON.")
  boolean json;
}
