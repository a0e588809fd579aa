package io.medtwin.app.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A plugin in a folder of its own for as long as it is tried; the copy is deleted with it.
 *
 * @param folder holds the plugin's folder
 */
record PluginTrial(Path folder) implements AutoCloseable {

  private static final int MOST_JARS = 200;

  /**
   * Copies a jar, or the jars of a folder.
   *
   * @throws IOException there is none
   */
  static PluginTrial of(Path from) throws IOException {
    var folder = Files.createTempDirectory("medtwin-driver");
    var plugin = Files.createDirectory(folder.resolve("tried"));
    for (Path jar : jars(from)) {
      Files.copy(jar, plugin.resolve(jar.getFileName()));
    }
    return new PluginTrial(folder);
  }

  private static List<Path> jars(Path from) throws IOException {
    if (!Files.isDirectory(from)) {
      return List.of(from);
    }
    try (var files = Files.list(from)) {
      var jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
      if (jars.isEmpty() || jars.size() > MOST_JARS) {
        throw new IOException(from + ": expected 1 to " + MOST_JARS + " jars");
      }
      return jars;
    }
  }

  @Override
  public void close() throws IOException {
    PluginPlace.delete(folder);
  }
}
