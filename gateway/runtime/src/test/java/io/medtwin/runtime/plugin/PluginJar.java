package io.medtwin.runtime.plugin;

import io.medtwin.spi.Driver;
import io.medtwin.spi.Spi;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** A small jar, compiled from source text against the SPI, as a device maker would build it. */
public final class PluginJar {

  private final Map<String, String> sources = new LinkedHashMap<>();
  private final List<String> providers = new ArrayList<>();
  private final List<Path> libraries = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();
  private String spi = "";

  /** A class with its source. */
  public PluginJar with(String name, String source) {
    sources.put(name, source);
    return this;
  }

  /** A driver whose descriptor has that id, and the expression {@code title} as title. */
  public PluginJar driver(String name, String id, String title) {
    int dot = name.lastIndexOf('.');
    return with(
            name,
            """
            package %s;

            import io.medtwin.spi.*;

            public final class %s implements StreamDriver {
              public DriverDescriptor descriptor() {
                return new DriverDescriptor(
                    "%s", "1.0.0", %s, java.util.Set.of(LinkKind.TCP), java.util.List.of());
              }

              public void run(StreamLink link, Session session) {}
            }
            """
                .formatted(name.substring(0, dot), name.substring(dot + 1), id, title))
        .providing(name);
  }

  /** A driver whose run has that body. */
  public PluginJar running(String name, String id, String version, String body) {
    int dot = name.lastIndexOf('.');
    return with(
            name,
            """
            package %s;

            import io.medtwin.spi.*;

            public final class %s implements StreamDriver {
              public DriverDescriptor descriptor() {
                return new DriverDescriptor(
                    "%s", "%s", "Test", java.util.Set.of(LinkKind.TCP), java.util.List.of());
              }

              public void run(StreamLink link, Session session)
                  throws java.io.IOException, InterruptedException {
                %s
              }
            }
            """
                .formatted(name.substring(0, dot), name.substring(dot + 1), id, version, body))
        .providing(name);
  }

  /** Which SPI the manifest says that it was built against. */
  public PluginJar builtAgainst(String version) {
    spi = version;
    return this;
  }

  /** A line of the service file. */
  public PluginJar providing(String name) {
    providers.add(name);
    return this;
  }

  /** A jar to compile against. */
  public PluginJar against(Path library) {
    libraries.add(library);
    return this;
  }

  /** A class to compile against that does not get into the jar. */
  public PluginJar withoutClass(String name) {
    leftOut.add(name);
    return this;
  }

  /** Builds the jar. */
  public Path into(Path jar) throws IOException {
    var work = Files.createDirectory(jar.resolveSibling(jar.getFileName() + ".classes"));
    compile(work);
    try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest())) {
      for (Path file : filesIn(work)) {
        var name = work.relativize(file).toString().replace(File.separatorChar, '/');
        if (name.endsWith(".class") && !leftOut.contains(className(name))) {
          out.putNextEntry(new JarEntry(name));
          out.write(Files.readAllBytes(file));
        }
      }
      if (!providers.isEmpty()) {
        out.putNextEntry(new JarEntry("META-INF/services/" + Driver.class.getName()));
        out.write(String.join("\n", providers).getBytes(StandardCharsets.UTF_8));
      }
    }
    return jar;
  }

  private Manifest manifest() {
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    if (!spi.isEmpty()) {
      manifest.getMainAttributes().putValue(Spi.ATTRIBUTE, spi);
    }
    return manifest;
  }

  private void compile(Path work) throws IOException {
    if (sources.isEmpty()) {
      return;
    }
    var files = new ArrayList<Path>();
    for (var source : sources.entrySet()) {
      var file = work.resolve(source.getKey().replace('.', '/') + ".java");
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      files.add(Files.writeString(file, source.getValue()));
    }
    var classPath = new ArrayList<String>();
    classPath.add(placeOf(Driver.class));
    classPath.add(placeOf(Nullable.class));
    libraries.forEach(library -> classPath.add(library.toString()));
    var compiler = ToolProvider.getSystemJavaCompiler();
    var messages = new StringWriter();
    try (var manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      boolean compiled =
          compiler
              .getTask(
                  messages,
                  manager,
                  null,
                  List.of(
                      "-proc:none",
                      "-d",
                      work.toString(),
                      "-cp",
                      String.join(File.pathSeparator, classPath)),
                  null,
                  manager.getJavaFileObjectsFromPaths(files))
              .call();
      if (!compiled) {
        throw new AssertionError(messages.toString());
      }
    }
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static String className(String entry) {
    return entry.substring(0, entry.length() - ".class".length()).replace('/', '.');
  }

  private static String placeOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
