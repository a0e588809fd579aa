package io.medtwin.benchmarks.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * What was left after a child in full write was killed with SIGKILL.
 *
 * @param told the last position the child had said to be on the disk
 * @param found the last position that is there
 * @param missing positions up to {@code told} that are not there, or damaged
 * @param reopenNanos from opening the store to knowing the last position
 * @param readNanos to read all rows back
 */
record Killing(long told, long found, long missing, long reopenNanos, long readNanos) {

  /** Starts a child, lets it write so many rows, kills it and looks. */
  static Killing of(Engine engine, Path folder, int batch, long rows) throws Exception {
    long told = writeAndKill(engine, folder, batch, rows);
    long start = System.nanoTime();
    try (var store = engine.open(folder)) {
      long found = store.last();
      long opened = System.nanoTime();
      long[] good = {0};
      store.forEach(
          row -> {
            if (row.position() <= told
                && row.crc() == Row.crcOf(row.body())
                && row.equals(Row.at(row.position()))) {
              good[0]++;
            }
          });
      return new Killing(told, found, told - good[0], opened - start, System.nanoTime() - opened);
    }
  }

  private static long writeAndKill(Engine engine, Path folder, int batch, long rows)
      throws IOException, InterruptedException {
    var child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                StorageWriter.class.getName(),
                engine.name(),
                folder.toString(),
                Integer.toString(batch))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    long told = 0;
    try (var lines = child.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        told = Long.parseLong(line);
        if (told >= rows) {
          child.toHandle().destroyForcibly(); // unlike that of Process, it leaves the pipe readable
        }
      }
    } finally {
      child.destroyForcibly();
      if (!child.waitFor(10, TimeUnit.SECONDS)) {
        throw new IOException("the writer does not die");
      }
    }
    return told;
  }
}
