package io.medtwin.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a figure was measured on.
 *
 * @param cores that this process may use
 * @param cpu model of the processor
 * @param memoryMiB of the machine
 * @param kernel its version
 * @param java version and vendor of the JVM
 * @param load average over one minute when the run began: others at work show here
 */
public record Machine(
    int cores, String cpu, long memoryMiB, String kernel, String java, String load) {

  /** This machine, now. */
  public static Machine here() {
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        after("/proc/cpuinfo", "model name"),
        kibibytes(after("/proc/meminfo", "MemTotal")) / 1024,
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vendor") + " " + Runtime.version(),
        first("/proc/loadavg"));
  }

  /** One line for a table's head. */
  public String line() {
    return "%d cores %s, %d MiB, %s, Java %s, load %s"
        .formatted(cores, cpu, memoryMiB, kernel, java, load);
  }

  private static long kibibytes(String text) {
    String number = text.replaceAll("\\D", "");
    return number.isEmpty() ? 0 : Long.parseLong(number);
  }

  private static String first(String file) {
    try {
      return Files.readString(Path.of(file)).split(" ", 2)[0];
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static String after(String file, String key) {
    try (var lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
