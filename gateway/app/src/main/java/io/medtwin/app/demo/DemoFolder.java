package io.medtwin.app.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * The temporary folder of a demo: gateway file, secrets, serial ports and log. A demo that went
 * well takes it away; after any other it stays, and the person is told where.
 */
final class DemoFolder implements AutoCloseable {

  private final Path path;
  private final DemoLog log;
  private final PrintStream err;
  private boolean remove;

  private DemoFolder(Path path, DemoLog log, PrintStream err) {
    this.path = path;
    this.log = log;
    this.err = err;
  }

  /** A new folder; from now on the log goes into it. */
  static DemoFolder create(PrintStream err) throws IOException {
    var path = Files.createTempDirectory("medtwin-demo-");
    return new DemoFolder(path, DemoLog.to(path.resolve("medtwin.log")), err);
  }

  Path path() {
    return path;
  }

  /** Nothing in it will be missed. */
  void removeWhenClosed() {
    remove = true;
  }

  @Override
  public void close() throws IOException {
    log.close();
    if (!remove) {
      err.println("medtwin: " + path.resolve("medtwin.log") + " tells what happened");
      return;
    }
    List<Path> inside;
    try (var files = Files.walk(path)) {
      inside = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : inside) {
      Files.deleteIfExists(file);
    }
  }
}
