package io.medtwin.app.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A plugin in a folder of its own for as long as it is tried; the copy is deleted with it.
 *
 * @param folder holds the plugin's folder
 */
record PluginTrial(Path folder) implements AutoCloseable {

  /**
   * Copies a jar, or the jars of a folder.
   *
   * @throws IOException there is none
   */
  static PluginTrial of(Path from) throws IOException {
    var folder = Files.createTempDirectory("medtwin-driver");
    var plugin = Files.createDirectory(folder.resolve("tried"));
    for (Path jar : PluginPlace.jars(from)) {
      Files.copy(jar, plugin.resolve(jar.getFileName()));
    }
    return new PluginTrial(folder);
  }

  @Override
  public void close() throws IOException {
    PluginPlace.delete(folder);
  }
}
