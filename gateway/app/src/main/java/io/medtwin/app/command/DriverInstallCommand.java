package io.medtwin.app.command;

import io.medtwin.runtime.plugin.Plugins;
import io.medtwin.twin.document.DocumentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code medtwin driver install}: tries a plugin, then puts it in its place as a whole. */
@Command(
    name = "install",
    mixinStandardHelpOptions = true,
    description = {
      "Put a plugin into the gateway's own folder of plugins, after it was loaded for a try. A",
      "gateway that runs lets its drivers take over, without closing their links."
    })
final class DriverInstallCommand implements Callable<Integer> {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  private final Environment environment;

  @Parameters(
      index = "0",
      paramLabel = "JAR|FOLDER",
      description = "A jar, or a folder with the jar of the driver and its libraries.")
  private Path from = Path.of("");

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name of the plugin (default: of the folder, or of the jar without version).")
  private @Nullable String name;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      defaultValue = DeviceCommand.USUAL_FILE,
      description = "The gateway's YAML file (default ${DEFAULT-VALUE}).")
  private Path file = Path.of(DeviceCommand.USUAL_FILE);

  DriverInstallCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    try {
      var config = PluginPlace.config(file, environment);
      return install(PluginPlace.of(config, file), PluginPlace.folders(config, environment));
    } catch (DocumentException e) {
      environment.err().println(e.getMessage());
      return ExitCode.CONFIG;
    }
  }

  private int install(Path place, List<Path> all) throws IOException {
    var plugin = name();
    var incoming = place.resolveSibling("." + place.getFileName() + "-incoming");
    PluginPlace.delete(incoming);
    try {
      var copy = Files.createDirectories(incoming.resolve(plugin));
      for (Path jar : PluginPlace.jars(from)) {
        Files.copy(jar, copy.resolve(jar.getFileName()));
      }
      var wrong = tried(incoming, plugin, all);
      if (!wrong.isEmpty()) {
        environment.err().println("medtwin: " + plugin + " " + wrong + "; nothing was installed");
        return ExitCode.CONFIG;
      }
      var target = place.resolve(plugin);
      Files.createDirectories(place);
      var former = incoming.resolve("former");
      if (Files.exists(target)) {
        Files.move(target, former);
      }
      Files.move(copy, target);
      environment
          .out()
          .println(plugin + " is in " + place + "; a gateway that runs takes it up within 3 s");
      return ExitCode.OK;
    } finally {
      PluginPlace.delete(incoming);
    }
  }

  /** Why a plugin cannot be used beside the others, or nothing. */
  private String tried(Path incoming, String plugin, List<Path> all) throws IOException {
    try (var alone = Plugins.load(List.of(incoming));
        var others = Plugins.load(all)) {
      if (!alone.failures().isEmpty()) {
        return alone.failures().getFirst().why();
      }
      for (Plugins.Found found : alone.drivers()) {
        var id = found.descriptor().id();
        var other = others.driver(id).filter(one -> !one.plugin().equals(plugin));
        if (other.isPresent()) {
          return "has a driver " + id + ", as plugin " + other.get().plugin() + " has";
        }
        environment.out().println("driver " + id + " " + found.descriptor().version());
      }
      return "";
    }
  }

  private String name() throws IOException {
    var given = name;
    if (given == null) {
      given =
          from.toAbsolutePath()
              .normalize()
              .getFileName()
              .toString()
              .replaceFirst("\\.jar$", "")
              .replaceFirst("-\\d[\\w.+-]*$", "");
    }
    if (!NAME.matcher(given).matches()) {
      throw new IOException(
          "a plugin's name is lower case letters, digits, dots and dashes, got \""
              + given
              + "\"; give one with --name");
    }
    return given;
  }
}
