package io.medtwin.app.command;

import io.medtwin.app.config.ConfigReader;
import io.medtwin.app.config.GatewayConfig;
import io.medtwin.twin.document.DocumentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** Where a gateway keeps plugins beside those that came with it. */
final class PluginPlace {

  private static final int MOST_JARS = 200;

  private PluginPlace() {}

  /** Reads a gateway's file; problems of its devices do not matter here. */
  static GatewayConfig config(Path file, Environment environment) throws DocumentException {
    return new ConfigReader(environment.variables()).read(file);
  }

  /**
   * The first of the folders that its file names.
   *
   * @throws IOException it names none
   */
  static Path of(GatewayConfig config, Path file) throws IOException {
    if (config.plugins().isEmpty()) {
      throw new IOException(
          file + " names no folder of plugins; add a line such as plugins: site/plugins");
    }
    return config.plugins().getFirst().toAbsolutePath();
  }

  /** Folders of all plugins: those that came with the gateway, then its own. */
  static List<Path> folders(GatewayConfig config, Environment environment) {
    return environment.installation().plugins(config.plugins());
  }

  /**
   * What a plugin is made of: a jar, or the jars of a folder, by name.
   *
   * @throws IOException it is neither, or has none or more than {@value #MOST_JARS}
   */
  static List<Path> jars(Path plugin) throws IOException {
    if (Files.isRegularFile(plugin) && plugin.toString().endsWith(".jar")) {
      return List.of(plugin);
    }
    if (!Files.isDirectory(plugin)) {
      throw new IOException(plugin + ": expected a jar or a folder of jars");
    }
    try (var files = Files.list(plugin)) {
      var jars =
          files
              .filter(path -> path.toString().endsWith(".jar"))
              .sorted()
              .limit(MOST_JARS + 1L)
              .toList();
      if (jars.isEmpty() || jars.size() > MOST_JARS) {
        throw new IOException(plugin + ": expected 1 to " + MOST_JARS + " jars");
      }
      return jars;
    }
  }

  /** Deletes a folder with all that is in it; nothing where there is none. */
  static void delete(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
