package io.medtwin.benchmarks.crash;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The disk under the journal: a small memory file system of its own where this process may mount
 * one, so that it can be full or read-only alone.
 */
final class JournalDisk implements AutoCloseable {

  private static final String SIZE = "96m";
  private static final int BLOCK_BYTES = 64 * 1024;

  private final Path folder;
  private final String whyNotMounted;

  private JournalDisk(Path folder, String whyNotMounted) {
    this.folder = folder;
    this.whyNotMounted = whyNotMounted;
  }

  /** Prepares the folder. */
  static JournalDisk prepare(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    var trouble =
        run(
            List.of(
                "mount", "-t", "tmpfs", "-o", "size=" + SIZE, "medtwin-crash", folder.toString()));
    return new JournalDisk(folder, trouble);
  }

  Path folder() {
    return folder;
  }

  /** Why it cannot be full or read-only; empty where it can. */
  String whyNotMounted() {
    return whyNotMounted;
  }

  /** Leaves no byte free. */
  void fill() throws IOException {
    var block = new byte[BLOCK_BYTES];
    try (OutputStream out = Files.newOutputStream(filler())) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      // what was wanted; the last block is written in part
    }
  }

  /** Gives the room back. */
  void free() throws IOException {
    Files.deleteIfExists(filler());
  }

  /** Makes it read-only; only while nobody has a file open for writing. */
  void readOnly() throws IOException, InterruptedException {
    remount("ro");
  }

  /** Makes it writable again. */
  void readWrite() throws IOException, InterruptedException {
    remount("rw");
  }

  private void remount(String how) throws IOException, InterruptedException {
    var trouble = run(List.of("mount", "-o", "remount," + how, folder.toString()));
    if (!trouble.isEmpty()) {
      throw new IOException("remount " + how + " of " + folder + ": " + trouble);
    }
  }

  private Path filler() {
    return folder.resolve("filler");
  }

  @Override
  public void close() {
    if (whyNotMounted.isEmpty()) {
      try {
        run(List.of("umount", folder.toString()));
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** What a command complained of; empty where it did what it should. */
  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      return command.getFirst() + " is not there";
    }
    process.getOutputStream().close();
    var said =
        new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
            .strip();
    return process.waitFor() == 0 ? "" : said.isEmpty() ? "failed" : said;
  }
}
