package io.medtwin.app.command;

import io.medtwin.app.config.GatewayConfig;
import io.medtwin.runtime.plugin.Plugins;
import io.medtwin.twin.document.DocumentException;
import io.medtwin.twin.document.Problems;
import io.medtwin.twin.profile.ProfileCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code medtwin driver remove}: takes a plugin away that no configured device needs. */
@Command(
    name = "remove",
    mixinStandardHelpOptions = true,
    description = "Take a plugin out of the gateway's own folder of plugins.")
final class DriverRemoveCommand implements Callable<Integer> {

  private final Environment environment;

  @Parameters(index = "0", paramLabel = "PLUGIN", description = "Its name, as driver list tells.")
  private String plugin = "";

  @Option(names = "--force", description = "Even if configured devices need its drivers.")
  private boolean force;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      defaultValue = DeviceCommand.USUAL_FILE,
      description = "The gateway's YAML file (default ${DEFAULT-VALUE}).")
  private Path file = Path.of(DeviceCommand.USUAL_FILE);

  DriverRemoveCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    try {
      var config = PluginPlace.config(file, environment);
      return remove(config, PluginPlace.of(config, file));
    } catch (DocumentException e) {
      environment.err().println(e.getMessage());
      return ExitCode.CONFIG;
    }
  }

  private int remove(GatewayConfig config, Path place) throws IOException, DocumentException {
    var folder = place.resolve(plugin).normalize();
    if (!place.equals(folder.getParent()) || !Files.isDirectory(folder)) {
      environment.err().println("medtwin: there is no plugin \"" + plugin + "\" in " + place);
      return ExitCode.FAILED;
    }
    var needed = needing(config);
    if (!needed.isEmpty() && !force) {
      environment
          .err()
          .println(
              "medtwin: "
                  + plugin
                  + " is needed by "
                  + String.join(", ", needed)
                  + "; change their profiles first, or say --force");
      return ExitCode.FAILED;
    }
    var outgoing = place.resolveSibling("." + place.getFileName() + "-outgoing");
    PluginPlace.delete(outgoing);
    Files.createDirectories(outgoing);
    Files.move(folder, outgoing.resolve(plugin)); // as a whole: nobody reads half a plugin
    PluginPlace.delete(outgoing);
    environment
        .out()
        .println(plugin + " is removed; where its drivers run they go on until a restart");
    return ExitCode.OK;
  }

  /** Configured devices whose profiles name one of its drivers. */
  private List<String> needing(GatewayConfig config) throws IOException, DocumentException {
    var problems = new Problems();
    var catalog =
        ProfileCatalog.read(environment.installation().profiles(config.profiles()), problems);
    Set<String> drivers;
    try (var plugins = Plugins.load(PluginPlace.folders(config, environment))) {
      drivers =
          plugins.drivers().stream()
              .filter(found -> found.plugin().equals(plugin))
              .map(found -> found.descriptor().id())
              .collect(Collectors.toSet());
    }
    return config.devices().values().stream()
        .filter(
            device ->
                catalog
                    .find(device.profile())
                    .filter(profile -> drivers.contains(profile.driver()))
                    .isPresent())
        .map(GatewayConfig.Device::id)
        .sorted()
        .toList();
  }
}
