package io.medtwin.app.command;

import io.medtwin.app.config.ConfigReader;
import io.medtwin.app.config.FileReplacement;
import io.medtwin.app.config.GatewayConfig.Device;
import io.medtwin.app.config.GatewayConfig.Route;
import io.medtwin.app.view.LineDiff;
import io.medtwin.app.wiring.Changes;
import io.medtwin.journal.UnclaimedDevice;
import io.medtwin.twin.document.DocumentException;
import io.medtwin.twin.document.Insertion;
import io.medtwin.twin.document.Suggestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    var where = where(loaded);
    var device = idFor(where.address(), loaded);
    var before = Files.readString(file);
    var after =
        Insertion.into(before, "devices", device, members(where))
            .orElseThrow(
                () -> new IOException(file + ": \"devices\" is no mapping that can be added to"));
    try (var replacement = FileReplacement.of(file, before, after)) {
      Loaded wanted;
      try {
        wanted = loaded.again(replacement.draft(), environment);
      } catch (DocumentException e) {
        var text = String.valueOf(e.getMessage());
        environment.err().println(text.replace(replacement.draft().toString(), file.toString()));
        environment.err().println("medtwin: nothing is written");
        return ExitCode.CONFIG;
      }
      if (!dryRun) {
        replacement.replace();
      }
      tell(loaded, wanted, device, where, LineDiff.lines(file.toString(), before, after));
    }
    return ExitCode.OK;
  }

  /** The hub and the address that are meant, the address as the hub spells it. */
  private Route.Behind where(Loaded loaded) throws IOException {
    int slash = place.indexOf('/');
    if (slash <= 0 || slash == place.length() - 1) {
      throw wrong("expected HUB/ADDRESS, got \"" + place + "\"");
    }
    var hub = place.substring(0, slash);
    var address = place.substring(slash + 1);
    var hubs = loaded.config().links().keySet();
    if (!hubs.contains(hub)) {
      throw wrong("there is no hub \"" + hub + "\" in " + file + Suggestion.of(hub, hubs));
    }
    for (Device device : loaded.config().devices().values()) {
      if (device.route() instanceof Route.Behind behind
          && behind.hub().equals(hub)
          && behind.address().equalsIgnoreCase(address)) {
        throw wrong(place + " is " + device.id() + " already");
      }
    }
    var heard =
        DevicesRead.unclaimed(loaded).stream()
            .filter(device -> device.hub().equals(hub))
            .map(UnclaimedDevice::address)
            .toList();
    if (!unheard && !heard.contains(address)) {
      throw wrong(
          "nothing was heard of "
              + place
              + Suggestion.of(address, heard)
              + " (--unheard adds it all the same)");
    }
    return new Route.Behind(hub, address);
  }

  private String idFor(String address, Loaded loaded) {
    var taken = loaded.config().devices().keySet();
    if (id != null) {
      if (taken.contains(id)) {
        throw wrong("there is a device \"" + id + "\" already; choose another --id");
      }
      return id;
    }
    boolean usable = ConfigReader.isDeviceId(address) && !taken.contains(address);
    var usual = usable ? address : profile + "-" + address.replaceAll("[^A-Za-z0-9_.-]", "");
    if (taken.contains(usual)) {
      throw wrong("there is a device \"" + usual + "\" already; choose one with --id");
    }
    return usual;
  }

  private Map<String, String> members(Route.Behind where) {
    var members = new LinkedHashMap<String, String>();
    members.put("profile", profile);
    members.put("link", where.hub());
    members.put("address", where.address());
    if (serial != null) {
      members.put("serial", serial);
    }
    if (unit != null) {
      members.put("unit", unit);
    }
    return members;
  }

  private void tell(
      Loaded loaded, Loaded wanted, String device, Route.Behind where, List<String> diff)
      throws IOException {
    var changes = Changes.between(loaded.config(), loaded.plan(), wanted.config(), wanted.plan());
    var thing =
        wanted.plan().devices().stream()
            .filter(plan -> plan.facts().device().equals(device))
            .map(plan -> plan.facts().thingId())
            .findFirst()
            .orElseThrow();
    var out = environment.out();
    if (json) {
      var claimed = new DeviceJson.Claimed(device, where.hub(), where.address(), profile, thing);
      out.println(DeviceJson.claimed(claimed, !dryRun, changes.restart()));
      return;
    }
    diff.forEach(out::println);
    out.println();
    if (dryRun) {
      out.println(device + " would become " + thing + "; nothing is written");
      return;
    }
    out.println(device + " is " + thing + "; the file as it was is " + file + ".bak");
    if (changes.restart().isEmpty()) {
      out.println("a gateway that runs takes it up within 5 s");
    } else {
      out.println("restart the gateway to take it up: " + String.join("; ", changes.restart()));
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
