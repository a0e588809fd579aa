package io.medtwin.app.command;

import io.medtwin.app.view.DeviceSheet;
import io.medtwin.app.view.LineProposal;
import io.medtwin.twin.document.Suggestion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code medtwin device show}: everything that is known of one device. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = {
      "Everything that is known of one device: values, link, identity, alerts, counts;",
      "with --unmapped the parameters without a place, and a line of a profile for each."
    })
final class DeviceShowCommand implements Callable<Integer> {

  private final Environment environment;
  private final LineProposal proposal;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "ID", description = "The device's id in the file.")
  private String device = "";

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      defaultValue = DeviceCommand.USUAL_FILE,
      description = "The gateway's YAML file (default ${DEFAULT-VALUE}).")
  private Path file = Path.of(DeviceCommand.USUAL_FILE);

  @Option(names = "--unmapped", description = "Only the parameters without a place.")
  private boolean unmapped;

  @Option(names = "--json", description = "Write the result as JSON.")
  private boolean json;

  DeviceShowCommand(Environment environment, LineProposal proposal) {
    this.environment = environment;
    this.proposal = proposal;
  }

  @Override
  public Integer call() throws IOException {
    return DevicesRead.of(file, environment, this::show);
  }

  private int show(DevicesRead read) throws IOException {
    var ids = read.devices().stream().map(told -> told.view().device()).toList();
    var told =
        read.devices().stream()
            .filter(one -> one.view().device().equals(device))
            .findFirst()
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(),
                        "there is no device \"" + device + "\"" + Suggestion.of(device, ids)));
    List<String> lines;
    if (json) {
      lines = List.of(DeviceJson.show(told, read.life(), proposal));
    } else if (unmapped) {
      lines = DeviceSheet.unmapped(told, read.life(), proposal);
    } else {
      lines = DeviceSheet.lines(told, read.life());
    }
    lines.forEach(environment.out()::println);
    return ExitCode.OK;
  }
}
