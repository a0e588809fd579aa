package io.medtwin.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * CPU seconds of a process by thread, from {@code /proc/<pid>/task}. Names as the kernel has them,
 * at most 15 characters; numbers in them become {@code N}, so that pools are one. Threads of the
 * JVM itself are among them: compilers, garbage collection.
 */
public final class ThreadTimes {

  private ThreadTimes() {}

  /** Of a process that runs. */
  public static Map<String, Double> of(long pid) throws IOException {
    var times = new TreeMap<String, Double>();
    try (var tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      for (Path task : tasks.toList()) {
        try {
          String stat = Files.readString(task.resolve("stat"));
          times.merge(name(stat), ProcessStat.cpuSeconds(stat), Double::sum);
        } catch (NoSuchFileException e) {
          // it has just ended: its time is lost here, not in the process's own
        }
      }
    }
    return times;
  }

  static String name(String stat) {
    String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
    return name.replaceAll("[0-9]+", "N").strip();
  }
}
