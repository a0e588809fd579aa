package io.medtwin.benchmarks.crash;

import io.medtwin.benchmarks.crash.probe.ProbeDriver;
import io.medtwin.spi.Driver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Packs the probe's driver as a maker packs his. */
final class ProbePlugin {

  private ProbePlugin() {}

  /** Writes {@code <plugins>/crash-probe/probe.jar}. */
  static void write(Path plugins) throws IOException {
    var folder = Files.createDirectories(plugins.resolve("crash-probe"));
    var name = ProbeDriver.class.getName();
    try (InputStream code = ProbeDriver.class.getResourceAsStream("ProbeDriver.class");
        JarOutputStream jar =
            new JarOutputStream(Files.newOutputStream(folder.resolve("probe.jar")))) {
      if (code == null) {
        throw new IOException("the class of " + name + " is not where it was loaded from");
      }
      jar.putNextEntry(new JarEntry(name.replace('.', '/') + ".class"));
      code.transferTo(jar);
      jar.putNextEntry(new JarEntry("META-INF/services/" + Driver.class.getName()));
      jar.write(name.getBytes(StandardCharsets.UTF_8));
    }
  }
}
