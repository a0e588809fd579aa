package io.medtwin.runtime.plugin;

import io.medtwin.spi.Driver;
import io.medtwin.spi.DriverDescriptor;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The drivers found in {@code <folder>/<plugin>/*.jar}; a folder that holds jars itself is one
 * plugin. A plugin that cannot be loaded is listed with the reason; the others are there. May be
 * asked by any thread; {@link #refresh} is for one at a time. Close it when no driver runs any
 * more.
 */
public final class Plugins implements Closeable {

  /** Most plugins in all folders; further ones are listed as failures. */
  public static final int LIMIT = 200;

  private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);

  private final List<Path> folders;
  private final Map<Path, Plugin> loaded = new LinkedHashMap<>();
  private final List<Plugin> gone = new ArrayList<>(); // their drivers may run to the end
  private volatile Shelf shelf = new Shelf(Map.of(), List.of());

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

  /**
   * What is another since it was looked at last.
   *
   * @param drivers that are there now, in place of one of the same id or as new ones
   * @param gone ids of drivers that are there no more
   * @param former the plugins of which every driver was replaced; to be closed when none of these
   *     runs any more
   */
  public record Refreshed(List<Found> drivers, List<String> gone, List<Closeable> former) {

    /** Whether nothing is another. */
    public boolean isNothing() {
      return drivers.isEmpty() && gone.isEmpty();
    }
  }

  /** What is there at one moment. */
  private record Shelf(Map<String, Found> drivers, List<Failure> failures) {}

  private Plugins(List<Path> folders) {
    this.folders = folders;
  }

  /** Loads every plugin of the folders, in the order given; the first driver of an id wins. */
  public static Plugins load(Collection<Path> folders) {
    var plugins = new Plugins(List.copyOf(folders));
    var unreadable = new ArrayList<Failure>();
    for (Path folder : plugins.pluginFolders(unreadable)) {
      plugins.loaded.put(folder, Plugin.load(folder));
    }
    plugins.shelve(unreadable);
    plugins.failures().forEach(Plugins::say);
    return plugins;
  }

  private static void say(Failure failure) {
    LOG.warn("plugin {}: {}; the others start", failure.plugin(), failure.why());
  }

  /** The driver of that id. */
  public Optional<Found> driver(String id) {
    return Optional.ofNullable(shelf.drivers().get(id));
  }

  /** All drivers, by id. */
  public Collection<Found> drivers() {
    return List.copyOf(shelf.drivers().values());
  }

  /** All plugins that cannot be used. */
  public List<Failure> failures() {
    return shelf.failures();
  }

  /**
   * What shows whether any plugin is another: a look at the folders, nothing is loaded. Two looks
   * that are the same a while apart mean that nobody is writing.
   */
  public Object stamp() {
    var stamps = new TreeMap<Path, Object>();
    for (Path folder : pluginFolders(new ArrayList<>())) {
      stamps.put(folder, stampOf(folder));
    }
    return stamps;
  }

  /**
   * Loads what is another in the folders. A plugin that was replaced by one that cannot be used
   * stays as it was, and that is said.
   */
  public synchronized Refreshed refresh() {
    var before = shelf.drivers();
    var former = new ArrayList<Closeable>();
    var unreadable = new ArrayList<Failure>();
    var now = pluginFolders(unreadable);
    for (Path folder : now) {
      var plugin = loaded.get(folder);
      if (plugin != null && plugin.stamp().equals(stampOf(folder))) {
        continue;
      }
      var next = Plugin.load(folder);
      if (plugin != null && !plugin.drivers().isEmpty() && next.drivers().isEmpty()) {
        next.failures().forEach(why -> unreadable.add(stays(next.name(), why)));
        close(next, former);
      } else {
        if (plugin != null && !next.ids().containsAll(plugin.ids())) {
          gone.add(plugin);
        } else {
          close(plugin, former);
        }
        loaded.put(folder, next);
      }
    }
    for (Path folder : List.copyOf(loaded.keySet())) {
      if (!now.contains(folder) && Files.notExists(folder)) {
        var plugin = loaded.remove(folder);
        if (plugin != null) {
          gone.add(plugin);
        }
      }
    }
    shelve(unreadable);
    failures().forEach(Plugins::say);
    var after = shelf.drivers();
    return new Refreshed(
        after.values().stream()
            .filter(found -> found != before.get(found.descriptor().id()))
            .toList(),
        before.keySet().stream().filter(id -> !after.containsKey(id)).toList(),
        former);
  }

  private static Failure stays(String plugin, String why) {
    return new Failure(plugin, "was replaced by one that " + why + "; the one before goes on");
  }

  private static void close(@Nullable Plugin plugin, List<Closeable> former) {
    if (plugin != null && plugin.loader() != null) {
      former.add(plugin.loader());
    }
  }

  @Override
  public synchronized void close() throws IOException {
    gone.addAll(loaded.values());
    for (Plugin plugin : gone) {
      var loader = plugin.loader();
      if (loader != null) {
        loader.close();
      }
    }
  }

  /** Names what there is: the first driver of an id wins. */
  private void shelve(List<Failure> unreadable) {
    var drivers = new TreeMap<String, Found>();
    var failures = new ArrayList<>(unreadable);
    for (Plugin plugin : loaded.values()) {
      plugin.failures().forEach(why -> failures.add(new Failure(plugin.name(), why)));
      for (Found found : plugin.drivers()) {
        var id = found.descriptor().id();
        var other = drivers.putIfAbsent(id, found);
        if (other != null) {
          failures.add(
              new Failure(
                  plugin.name(),
                  "driver " + id + " is already there, from plugin " + other.plugin()));
        }
      }
    }
    shelf = new Shelf(drivers, List.copyOf(failures));
  }

  private List<Path> pluginFolders(List<Failure> unreadable) {
    var found = new ArrayList<Path>();
    for (Path folder : folders) {
      try (var plugins = Files.list(folder)) {
        var all = plugins.sorted().toList();
        if (all.stream().anyMatch(file -> file.toString().endsWith(".jar"))) {
          found.add(folder);
        } else {
          found.addAll(all.stream().filter(Files::isDirectory).toList());
        }
      } catch (IOException e) {
        unreadable.add(new Failure(folder.toString(), "cannot list the plugin folder: " + e));
      }
    }
    if (found.size() > LIMIT) {
      found
          .subList(LIMIT, found.size())
          .forEach(
              folder ->
                  unreadable.add(
                      new Failure(
                          folder.getFileName().toString(),
                          "there are more than " + LIMIT + " plugins")));
      return List.copyOf(found.subList(0, LIMIT));
    }
    return found;
  }

  private static Object stampOf(Path folder) {
    try {
      return Plugin.stampOf(folder);
    } catch (IOException e) {
      return Map.of(); // it is being replaced, or is gone
    }
  }
}
