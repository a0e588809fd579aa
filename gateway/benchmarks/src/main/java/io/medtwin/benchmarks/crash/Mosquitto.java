package io.medtwin.benchmarks.crash;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A mosquitto process that keeps its sessions in a file. */
final class Mosquitto implements MessageBroker {

  private static final Duration START_LIMIT = Duration.ofSeconds(10);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private final Path program;
  private final Path settings;
  private final int port;
  private @Nullable Process process;

  private Mosquitto(Path program, Path settings, int port) {
    this.program = program;
    this.settings = settings;
    this.port = port;
  }

  /** Where it is installed. */
  static Optional<Path> program() {
    return List.of(
            "/usr/sbin/mosquitto",
            "/usr/local/sbin/mosquitto",
            "/usr/bin/mosquitto",
            "/opt/homebrew/sbin/mosquitto")
        .stream()
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts one on a loopback port. */
  static Mosquitto start(Path program, Path folder, int port)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    var settings = folder.resolve("mosquitto.conf");
    Files.writeString(
        settings,
        """
        listener %d 127.0.0.1
        allow_anonymous true
        user root
        persistence true
        persistence_location %s/
        autosave_interval 1800
        max_queued_messages 0
        max_inflight_messages 0
        log_dest none
        """
            .formatted(port, folder));
    var mosquitto = new Mosquitto(program, settings, port);
    mosquitto.launch();
    return mosquitto;
  }

  @Override
  public void restart() throws IOException, InterruptedException {
    stop();
    launch();
  }

  @Override
  public String whyNoRestart() {
    return "";
  }

  @Override
  public void close() {
    try {
      stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void launch() throws IOException {
    var started =
        new ProcessBuilder(program.toString(), "-c", settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    process = started;
    if (!Await.until(START_LIMIT, () -> isListening() || !started.isAlive())
        || !started.isAlive()) {
      throw new IOException("mosquitto did not start on port " + port + " with " + settings);
    }
  }

  private void stop() throws InterruptedException {
    var running = process;
    process = null;
    if (running != null) {
      running.destroy(); // SIGTERM: it writes its queue
      if (!running.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        running.destroyForcibly();
      }
    }
  }

  private boolean isListening() {
    try (var unused = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
