package io.medtwin.app.command;

import io.medtwin.twin.document.DocumentException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code medtwin device claim}: puts a device that was heard into the gateway file. */
@Command(
    name = "claim",
    mixinStandardHelpOptions = true,
    description = {
      "Put a device that was heard behind a hub into the gateway file, which keeps its comments",
      "and order; the file is checked first. A gateway that runs takes the device up by itself."
    })
final class DeviceClaimCommand implements Callable<Integer> {

  private final Environment environment;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "HUB/ADDRESS",
      description = "As medtwin device list --unclaimed shows it.")
  private String place = "";

  @Option(
      names = "--profile",
      required = true,
      paramLabel = "P",
      description = "Profile of the device's model.")
  private String profile = "";

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "Its id in the file (default: its address, or profile and address).")
  private @Nullable String id;

  @Option(names = "--serial", paramLabel = "S", description = "Serial number on its type plate.")
  private @Nullable String serial;

  @Option(names = "--unit", paramLabel = "U", description = "Organisational unit it stands in.")
  private @Nullable String unit;

  @Option(names = "--unheard", description = "Also a device that was not heard yet.")
  private boolean unheard;

  @Option(names = "--dry-run", description = "Show what would be written, and write nothing.")
  private boolean dryRun;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      defaultValue = DeviceCommand.USUAL_FILE,
      description = "The gateway's YAML file (default ${DEFAULT-VALUE}).")
  private Path file = Path.of(DeviceCommand.USUAL_FILE);

  @Option(names = "--json", description = "Write the result as JSON.")
  private boolean json;

  DeviceClaimCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    try {
      var loaded = Loaded.from(file, environment);
      try {
        return claim(loaded);
      } finally {
        loaded.plugins().close();
      }
    } catch (DocumentException e) {
      environment.err().println(e.getMessage());
      return ExitCode.CONFIG;
    }
  }

  private int claim(Loaded loaded) throws IOException {
    var wish =
        new ClaimFile.Wish(
            place,
            profile,
            Optional.ofNullable(id),
            Optional.ofNullable(serial),
            Optional.ofNullable(unit),
            unheard);
    try {
      var done = new ClaimFile(file, environment).claim(loaded, wish, !dryRun);
      tell(done);
      return ExitCode.OK;
    } catch (ClaimFile.Wrong e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    } catch (DocumentException e) {
      environment.err().println(e.getMessage());
      environment.err().println("medtwin: nothing is written");
      return ExitCode.CONFIG;
    }
  }

  private void tell(ClaimFile.Done done) throws IOException {
    var out = environment.out();
    var device = done.device();
    if (json) {
      var claimed =
          new DeviceJson.Claimed(
              device, done.where().hub(), done.where().address(), profile, done.thingId());
      out.println(DeviceJson.claimed(claimed, !dryRun, done.restart()));
      return;
    }
    done.diff().forEach(out::println);
    out.println();
    if (dryRun) {
      out.println(device + " would become " + done.thingId() + "; nothing is written");
      return;
    }
    out.println(device + " is " + done.thingId() + "; the file as it was is " + file + ".bak");
    if (done.restart().isEmpty()) {
      out.println("a gateway that runs takes it up within 5 s");
    } else {
      out.println("restart the gateway to take it up: " + String.join("; ", done.restart()));
    }
  }
}
