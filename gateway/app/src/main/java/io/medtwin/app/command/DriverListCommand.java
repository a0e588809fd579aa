package io.medtwin.app.command;

import io.medtwin.app.config.GatewayConfig;
import io.medtwin.app.view.Columns;
import io.medtwin.runtime.plugin.Plugins;
import io.medtwin.twin.document.DocumentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code medtwin driver list}: every driver, and every plugin that cannot be used with the reason.
 */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = {
      "Every driver with its plugin, and plugins that cannot be used with the reason. Without a",
      "gateway file: those that came with the gateway."
    })
final class DriverListCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private RunningGateway of = new RunningGateway();

  DriverListCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    List<Path> folders;
    try {
      folders = folders();
    } catch (DocumentException e) {
      environment.err().println(e.getMessage());
      return ExitCode.CONFIG;
    }
    try (var plugins = Plugins.load(folders)) {
      if (of.json) {
        environment.out().println(DriversJson.write(plugins));
      } else {
        print(plugins);
      }
      return plugins.failures().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private List<Path> folders() throws DocumentException {
    boolean isNamed = !of.file.equals(Path.of(DeviceCommand.USUAL_FILE)) || Files.exists(of.file);
    if (!isNamed) {
      return environment.installation().plugins(List.of());
    }
    GatewayConfig config = PluginPlace.config(of.file, environment);
    return PluginPlace.folders(config, environment);
  }

  private void print(Plugins plugins) {
    var rows = new Columns("DRIVER", "VERSION", "PLUGIN", "LINKS", "WHAT");
    for (Plugins.Found found : plugins.drivers()) {
      var descriptor = found.descriptor();
      rows.row(
          descriptor.id(), descriptor.version(), found.plugin(), links(found), descriptor.title());
    }
    rows.lines().forEach(environment.out()::println);
    for (Plugins.Failure failure : plugins.failures()) {
      environment.out().println("plugin " + failure.plugin() + " " + failure.why());
    }
  }

  /** The kinds of link that it takes, with blanks between. */
  static String links(Plugins.Found found) {
    return found.descriptor().links().stream()
        .map(kind -> kind.name().toLowerCase(Locale.ROOT))
        .sorted()
        .collect(Collectors.joining(" "));
  }
}
