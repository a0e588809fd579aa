package io.medtwin.runtime.plugin;

import io.medtwin.runtime.plugin.Plugins.Found;
import io.medtwin.spi.Driver;
import io.medtwin.spi.Spi;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One plugin folder as it was when it was loaded.
 *
 * @param name of the folder
 * @param stamp what shows that its jars are others
 * @param loader of its classes; null where it could not be loaded
 * @param drivers it brings
 * @param failures what is wrong with it
 */
record Plugin(
    String name,
    Map<Path, Stamp> stamp,
    @Nullable PluginClassLoader loader,
    List<Found> drivers,
    List<String> failures) {

  /** Longest that its drivers may take to say what they are. */
  private static final long PATIENCE_SECONDS = 5;

  /** What shows that a file is another one. */
  record Stamp(FileTime time, long size) {}

  Plugin {
    stamp = Map.copyOf(stamp);
    drivers = List.copyOf(drivers);
    failures = List.copyOf(failures);
  }

  private static Plugin failed(String name, Map<Path, Stamp> stamp, String why) {
    return new Plugin(name, stamp, null, List.of(), List.of(why));
  }

  /** Ids of the drivers it brings. */
  Set<String> ids() {
    return drivers.stream().map(found -> found.descriptor().id()).collect(Collectors.toSet());
  }

  /** The jars of a folder. */
  static Map<Path, Stamp> stampOf(Path folder) throws IOException {
    var stamps = new TreeMap<Path, Stamp>();
    try (var files = Files.list(folder)) {
      for (Path file : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
        stamps.put(file, new Stamp(Files.getLastModifiedTime(file), Files.size(file)));
      }
    }
    return stamps;
  }

  /** Loads a folder; what is wrong with it is told, never thrown. */
  static Plugin load(Path folder) {
    var name = folder.getFileName().toString();
    Map<Path, Stamp> jars;
    try {
      jars = stampOf(folder);
    } catch (IOException e) {
      return failed(name, Map.of(), "its folder cannot be listed: " + e);
    }
    if (jars.isEmpty()) {
      return failed(name, jars, "has no jar");
    }
    var paths = new TreeMap<>(jars).navigableKeySet();
    for (Path jar : paths) {
      var why = tooNew(jar);
      if (!why.isEmpty()) {
        return failed(name, jars, why);
      }
    }
    var loader =
        new PluginClassLoader(
            name,
            paths.stream().map(Plugin::url).toArray(URL[]::new),
            Plugin.class.getClassLoader());
    var drivers = new ArrayList<Found>();
    var failures = new ArrayList<String>();
    try {
      drivers.addAll(ask(name, loader));
      if (drivers.isEmpty()) {
        failures.add(
            "brings no driver of its own (no line in META-INF/services/"
                + Driver.class.getName()
                + ")");
      }
    } catch (IOException e) {
      failures.add(String.valueOf(e.getMessage()));
    }
    return new Plugin(name, jars, loader, drivers, failures);
  }

  /** Asks its drivers what they are, on a thread that is left behind if they never say. */
  private static List<Found> ask(String name, PluginClassLoader loader) throws IOException {
    var answer = new CompletableFuture<List<Found>>();
    var thread =
        Thread.ofPlatform()
            .daemon()
            .name("plugin-" + name)
            .unstarted(
                () -> {
                  try {
                    answer.complete(drivers(name, loader));
                  } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
                    answer.completeExceptionally(e);
                  }
                });
    thread.setContextClassLoader(loader);
    thread.start();
    try {
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IOException("cannot be loaded: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new IOException(
          "its drivers do not say within " + PATIENCE_SECONDS + " s what they are", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while it was loaded", e);
    }
  }

  private static List<Found> drivers(String name, PluginClassLoader loader) {
    return ServiceLoader.load(Driver.class, loader).stream()
        .map(provider -> new Found(name, provider.get().descriptor(), provider::get))
        .toList();
  }

  /** Why a jar cannot run on this SPI, or nothing. */
  private static String tooNew(Path jar) {
    try (var file = new JarFile(jar.toFile())) {
      var manifest = file.getManifest();
      var version = manifest == null ? null : manifest.getMainAttributes().getValue(Spi.ATTRIBUTE);
      return version == null || Spi.takes(version)
          ? ""
          : "was built against version "
              + version
              + " of the driver SPI, this gateway has "
              + Spi.VERSION;
    } catch (IllegalArgumentException e) {
      return jar.getFileName() + ", " + Spi.ATTRIBUTE + ": " + e.getMessage();
    } catch (IOException e) {
      return ""; // no jar; the loader will say what is wrong with it
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
