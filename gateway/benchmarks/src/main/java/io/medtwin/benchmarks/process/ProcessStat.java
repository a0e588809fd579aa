package io.medtwin.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the kernel says of a process, from {@code /proc/<pid>/stat} and {@code status}.
 *
 * @param cpuSeconds used so far, in user and kernel mode, all threads
 * @param rssKib resident now
 * @param rssKibMax resident at most so far
 * @param threads now
 */
public record ProcessStat(double cpuSeconds, long rssKib, long rssKibMax, long threads) {

  private static final double TICKS_PER_SECOND = 100; // USER_HZ on every Linux we run on
  private static final int USER_TICKS = 11; // fields after the closing parenthesis, man 5 proc
  private static final int SYSTEM_TICKS = 12;

  /** Of a process that runs. */
  public static ProcessStat of(long pid) throws IOException {
    var folder = Path.of("/proc", Long.toString(pid));
    return parse(
        Files.readString(folder.resolve("stat")), Files.readString(folder.resolve("status")));
  }

  static ProcessStat parse(String stat, String status) {
    return new ProcessStat(
        cpuSeconds(stat),
        number(status, "VmRSS"),
        number(status, "VmHWM"),
        number(status, "Threads"));
  }

  /** Of a process or of one of its threads. */
  static double cpuSeconds(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    double ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
    return ticks / TICKS_PER_SECOND;
  }

  private static long number(String status, String key) {
    return status
        .lines()
        .filter(line -> line.startsWith(key + ":"))
        .findFirst()
        .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .orElse(0L);
  }

  /** Resident now, in MiB. */
  public double rssMib() {
    return rssKib / 1024.0;
  }

  /** Resident at most, in MiB. */
  public double rssMibMax() {
    return rssKibMax / 1024.0;
  }
}
