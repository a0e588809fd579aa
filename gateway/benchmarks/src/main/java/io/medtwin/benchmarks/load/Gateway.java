package io.medtwin.benchmarks.load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import io.medtwin.benchmarks.process.Child;
import io.medtwin.benchmarks.process.ProcessStat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The gateway of a run: the installed launcher with a gateway file, a process of its own. */
final class Gateway implements AutoCloseable {

  private static final int FIRST_START_LIMIT_SECONDS = 180;

  private final Path folder;
  private final Path file;
  private final String javaOptions;
  private Child child;

  private Gateway(Path folder, Path file, String javaOptions) throws IOException {
    this.folder = folder;
    this.file = file;
    this.javaOptions = javaOptions;
    this.child = launch();
  }

  /** Starts one and waits until it listens; the first start of an installation takes a minute. */
  static Gateway start(Path folder, Path file, String javaOptions)
      throws IOException, InterruptedException {
    var gateway = new Gateway(folder, file, javaOptions);
    var log = folder.resolve("gateway.log");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(FIRST_START_LIMIT_SECONDS);
    while (!Files.exists(log) || !Files.readString(log).contains(" is open")) {
      if (System.nanoTime() > end || !gateway.child.isAlive()) {
        gateway.close();
        throw new IOException("the gateway opened no link; see " + log);
      }
      Thread.sleep(50);
    }
    return gateway;
  }

  /** Thing ids by device, as {@code medtwin check} says. */
  static Map<String, String> things(Path file) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(launcher(), "check", "-c", file.toString(), "--json")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var things = new LinkedHashMap<String, String>();
    try (var parser = new JsonFactory().createParser(process.getInputStream())) {
      @Nullable String device = null;
      for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_STRING && "device".equals(parser.currentName())) {
          device = parser.getText();
        } else if (token == JsonToken.VALUE_STRING
            && "thingId".equals(parser.currentName())
            && device != null) {
          things.put(device, parser.getText());
        }
      }
    }
    if (!process.waitFor(30, TimeUnit.SECONDS) || things.isEmpty()) {
      throw new IOException("medtwin check says nothing of " + file);
    }
    return things;
  }

  static Path home() throws IOException {
    String home = System.getProperty("medtwin.home");
    if (home == null) {
      throw new IOException("start me as ./medtwin bench: where the installation is, is not said");
    }
    return Path.of(home);
  }

  private static String launcher() throws IOException {
    return home().resolve("medtwin").toString();
  }

  /** Starts it again after {@link #kill}. */
  void startAgain() throws IOException {
    child = launch();
  }

  private Child launch() throws IOException {
    return Child.start(
        "gateway",
        folder,
        Map.of(
            "MEDTWIN_JAVA_OPTS", javaOptions, "MEDTWIN_JAVA_HOME", System.getProperty("java.home")),
        List.of(launcher(), "run", "-c", file.toString()));
  }

  ProcessStat stat() throws IOException {
    return child.stat();
  }

  Child child() {
    return child;
  }

  void kill() throws InterruptedException {
    child.kill();
  }

  @Override
  public void close() {
    child.close();
  }
}
