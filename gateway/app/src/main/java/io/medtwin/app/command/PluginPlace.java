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
