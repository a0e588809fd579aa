package io.medtwin.runtime.plugin;

import io.medtwin.spi.Driver;
import io.medtwin.spi.DriverDescriptor;
import java.io.Closeable;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The drivers found in {@code <folder>/<plugin>/*.jar}. A plugin that cannot be loaded is listed
 * with the reason; the others are there. Immutable once loaded; close it when no driver runs any
 * more.
 */
public final class Plugins implements Closeable {

  /** Most plugins in one folder; further ones are listed as failures. */
  public static final int LIMIT = 200;

  private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);

  private final Map<String, Found> drivers = new TreeMap<>();
  private final List<Failure> failures = new ArrayList<>();
  private final List<PluginClassLoader> loaders = new ArrayList<>();

  /**
   * One driver.
   *
   * @param plugin name of the plugin's folder
   * @param descriptor what it says of itself
   * @param maker makes a new instance for each session
   */
  public record Found(String plugin, DriverDescriptor descriptor, Supplier<Driver> maker) {}

  /**
   * One plugin that cannot be used.
   *
   * @param plugin name of its folder
   * @param why what was expected and what came
   */
  public record Failure(String plugin, String why) {}

  private Plugins() {}

  /** Loads every plugin of the folders, in the order given; the first driver of an id wins. */
  public static Plugins load(Collection<Path> folders) {
    var plugins = new Plugins();
    for (Path folder : folders) {
      plugins.loadFolder(folder);
    }
    plugins.failures.forEach(
        failure -> LOG.warn("plugin {}: {}; the others start", failure.plugin(), failure.why()));
    return plugins;
  }

  /** The driver of that id. */
  public Optional<Found> driver(String id) {
    return Optional.ofNullable(drivers.get(id));
  }

  /** All drivers, by id. */
  public Collection<Found> drivers() {
    return List.copyOf(drivers.values());
  }

  /** All plugins that cannot be used. */
  public List<Failure> failures() {
    return List.copyOf(failures);
  }

  @Override
  public void close() throws IOException {
    for (PluginClassLoader loader : loaders) {
      loader.close();
    }
  }

  private void loadFolder(Path folder) {
    try (var plugins = Files.list(folder)) {
      plugins.filter(Files::isDirectory).sorted().forEach(this::loadPlugin);
    } catch (IOException e) {
      failures.add(new Failure(folder.toString(), "cannot list the plugin folder: " + e));
    }
  }

  private void loadPlugin(Path folder) {
    var name = folder.getFileName().toString();
    if (loaders.size() >= LIMIT) {
      failures.add(new Failure(name, "there are more than " + LIMIT + " plugins"));
      return;
    }
    try (var files = Files.list(folder)) {
      var jars =
          files
              .filter(file -> file.toString().endsWith(".jar"))
              .sorted()
              .map(Plugins::url)
              .toArray(URL[]::new);
      if (jars.length == 0) {
        failures.add(new Failure(name, "has no jar"));
        return;
      }
      var loader = new PluginClassLoader(name, jars, Plugins.class.getClassLoader());
      loaders.add(loader);
      addDrivers(name, loader);
    } catch (IOException | ServiceConfigurationError | LinkageError | RuntimeException e) {
      failures.add(new Failure(name, "cannot be loaded: " + e));
    }
  }

  private void addDrivers(String plugin, PluginClassLoader loader) {
    int before = drivers.size();
    ServiceLoader.load(Driver.class, loader).stream()
        .forEach(
            provider -> {
              var descriptor = provider.get().descriptor();
              var other =
                  drivers.putIfAbsent(
                      descriptor.id(), new Found(plugin, descriptor, provider::get));
              if (other != null) {
                failures.add(
                    new Failure(
                        plugin,
                        "driver "
                            + descriptor.id()
                            + " is already there, from plugin "
                            + other.plugin()));
              }
            });
    if (drivers.size() == before) {
      failures.add(
          new Failure(
              plugin,
              "brings no driver of its own (no line in META-INF/services/"
                  + Driver.class.getName()
                  + ")"));
    }
  }

  private static URL url(Path file) {
    try {
      return file.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(file.toString(), e);
    }
  }
}
