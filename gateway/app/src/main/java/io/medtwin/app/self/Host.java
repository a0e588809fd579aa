package io.medtwin.app.self;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * The machine a gateway runs on, read from the files of Linux; what is not there is not told. Used
 * by one thread.
 */
public final class Host {

  private static final int MOST_ZONES = 32;
  private static final long ASK_MILLIS = 2_000;

  private final Path root;
  private final Path folder;
  private long busyBefore;
  private long allBefore;

  /**
   * What was read.
   *
   * @param cpuPercent how busy its processors were since the last time
   * @param rss memory of this process, bytes
   * @param heap memory that Java objects take, bytes
   * @param memoryFree memory that can be had, bytes
   * @param memoryTotal all memory, bytes
   * @param diskFree room on the journal's volume, bytes
   * @param diskTotal size of that volume, bytes
   * @param temperature of the hottest zone, Celsius
   */
  public record Now(
      OptionalDouble cpuPercent,
      OptionalLong rss,
      long heap,
      OptionalLong memoryFree,
      OptionalLong memoryTotal,
      OptionalLong diskFree,
      OptionalLong diskTotal,
      OptionalDouble temperature) {}

  /**
   * This machine.
   *
   * @param folder on the volume that is looked at
   */
  public Host(Path folder) {
    this(Path.of("/"), folder);
  }

  Host(Path root, Path folder) {
    this.root = root;
    this.folder = folder;
  }

  /** Reads all. */
  public Now now() {
    var disk = disk();
    return new Now(
        cpu(),
        kibibytes("proc/self/status", "VmRSS:"),
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        kibibytes("proc/meminfo", "MemAvailable:"),
        kibibytes("proc/meminfo", "MemTotal:"),
        disk[0],
        disk[1],
        temperature());
  }

  /**
   * Whether the clock is synchronised, as systemd knows it; empty where it does not run. Asks a
   * command of the system, so it is not for each time.
   */
  public Optional<Boolean> isClockSynchronised() {
    if (!Files.isDirectory(root.resolve("run/systemd/system"))) {
      return Optional.empty();
    }
    try {
      var process =
          new ProcessBuilder("timedatectl", "show", "-p", "NTPSynchronized", "--value")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (var out = process.inputReader(StandardCharsets.UTF_8)) {
        if (!process.waitFor(ASK_MILLIS, TimeUnit.MILLISECONDS)) {
          return Optional.empty();
        }
        var word = out.readLine();
        return word == null || word.isBlank()
            ? Optional.empty()
            : Optional.of(word.strip().equals("yes"));
      } finally {
        process.destroy();
      }
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** {@code cpu user nice system idle iowait irq softirq steal …} since the machine started. */
  private OptionalDouble cpu() {
    for (String line : lines("proc/stat")) {
      if (line.startsWith("cpu ")) {
        var words = line.strip().split("\\s+");
        long all = 0;
        for (int i = 1; i < Math.min(words.length, 9); i++) {
          all += number(words[i]);
        }
        long busy = all - (words.length > 5 ? number(words[4]) + number(words[5]) : all);
        long span = all - allBefore;
        double percent = span <= 0 ? -1 : 100.0 * (busy - busyBefore) / span;
        allBefore = all;
        busyBefore = busy;
        return percent < 0 || percent > 100 ? OptionalDouble.empty() : OptionalDouble.of(percent);
      }
    }
    return OptionalDouble.empty();
  }

  private OptionalLong kibibytes(String file, String name) {
    for (String line : lines(file)) {
      if (line.startsWith(name)) {
        return OptionalLong.of(number(line.replaceAll("\\D", "")) * 1024);
      }
    }
    return OptionalLong.empty();
  }

  private OptionalLong[] disk() {
    try {
      var store = Files.getFileStore(folder);
      return new OptionalLong[] {
        OptionalLong.of(store.getUsableSpace()), OptionalLong.of(store.getTotalSpace())
      };
    } catch (IOException e) {
      return new OptionalLong[] {OptionalLong.empty(), OptionalLong.empty()};
    }
  }

  private OptionalDouble temperature() {
    var hottest = OptionalDouble.empty();
    for (int zone = 0; zone < MOST_ZONES; zone++) {
      var lines = lines("sys/class/thermal/thermal_zone" + zone + "/temp");
      if (!lines.isEmpty()) {
        double celsius = number(lines.getFirst().strip()) / 1_000.0;
        if (celsius > hottest.orElse(0)) {
          hottest = OptionalDouble.of(celsius);
        }
      }
    }
    return hottest;
  }

  private List<String> lines(String file) {
    try {
      return Files.readAllLines(root.resolve(file));
    } catch (IOException e) {
      return List.of();
    }
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
