package io.medtwin.app.command;

import io.medtwin.app.view.DeviceList;
import io.medtwin.app.view.UnclaimedList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code medtwin device list}: every device, or those that nobody configured. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = {
      "Every device with its profile, thing, link, and whether its values are fresh and",
      "acknowledged; with --unclaimed those heard behind a hub that nobody configured."
    })
final class DeviceListCommand implements Callable<Integer> {

  private final Environment environment;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      defaultValue = DeviceCommand.USUAL_FILE,
      description = "The gateway's YAML file (default ${DEFAULT-VALUE}).")
  private Path file = Path.of(DeviceCommand.USUAL_FILE);

  @Option(names = "--unclaimed", description = "Devices that were heard and nobody configured.")
  private boolean unclaimed;

  @Option(names = "--json", description = "Write the result as JSON.")
  private boolean json;

  DeviceListCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    return DevicesRead.of(file, environment, this::list);
  }

  private int list(DevicesRead read) throws IOException {
    var out = environment.out();
    if (unclaimed) {
      var likeness = read.likeness();
      if (json) {
        out.println(DeviceJson.unclaimed(read.unclaimed(), read.life(), likeness));
      } else {
        UnclaimedList.lines(read.unclaimed(), read.life(), likeness).forEach(out::println);
      }
    } else if (json) {
      out.println(DeviceJson.list(read.devices(), read.life()));
    } else {
      DeviceList.lines(read.devices(), read.life()).forEach(out::println);
      int strangers = read.unclaimed().size();
      if (strangers > 0) {
        out.println(
            strangers
                + (strangers == 1 ? " more was" : " more were")
                + " heard and nobody configured: medtwin device list --unclaimed");
      }
    }
    return ExitCode.OK;
  }
}
