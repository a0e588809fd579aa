package io.medtwin.app.console;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * What somebody needs who looks for a fault from afar: the gateway file with secrets masked,
 * versions, counters, the last lines of the log. No payload, no value of a device.
 */
final class Bundle {

  /** Every secret of the file is such a reference; even where it leads is nobody's business. */
  private static final Pattern SECRET = Pattern.compile("\\$\\{[^}]*}");

  private static final int MOST_BYTES = 1 << 20;

  private final Path file;
  private final Supplier<String> versions;
  private final Supplier<String> counters;
  private final Supplier<List<String>> log;

  /**
   * @param file the gateway file
   * @param versions of gateway, Java, system, plugins, profiles, as lines
   * @param counters as {@code /metrics} tells them
   * @param log its last lines
   */
  Bundle(
      Path file, Supplier<String> versions, Supplier<String> counters, Supplier<List<String>> log) {
    this.file = file;
    this.versions = versions;
    this.counters = counters;
    this.log = log;
  }

  void write(OutputStream out) throws IOException {
    try (var zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
      entry(zip, "gateway.yaml", masked(read(file)));
      entry(zip, "versions.txt", versions.get());
      entry(zip, "counters.txt", counters.get());
      entry(zip, "log.txt", String.join("\n", log.get()) + "\n");
    }
  }

  static String masked(String text) {
    return SECRET.matcher(text).replaceAll("***");
  }

  private static String read(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
    }
  }

  private static void entry(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }
}
