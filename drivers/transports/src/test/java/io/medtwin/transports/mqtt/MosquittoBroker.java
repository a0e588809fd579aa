package io.medtwin.transports.mqtt;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A mosquitto of our own, on a port of its own, that can be stopped and started again. */
public final class MosquittoBroker implements AutoCloseable {

  private static final String LOOPBACK = InetAddress.getLoopbackAddress().getHostAddress();
  private static final List<String> PLACES =
      List.of("/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto", "/opt/homebrew/sbin/mosquitto");

  private final int port;
  private final Path configuration;
  private @Nullable Process process;

  /**
   * @param folder for its files
   * @param lines further lines of its configuration, belonging to its listener
   */
  public MosquittoBroker(Path folder, String... lines) throws IOException {
    port = freePort();
    configuration = folder.resolve("mosquitto.conf");
    var text =
        Stream.concat(
            Stream.of(
                "listener " + port + " " + LOOPBACK,
                "allow_anonymous true",
                "persistence true",
                "persistence_location " + folder + "/",
                "autosave_interval 1",
                "autosave_on_changes true",
                "user root"),
            Stream.of(lines));
    Files.write(configuration, text.toList());
    start();
  }

  /** Where the binary is, or null where it is not installed. */
  public static @Nullable String binary() {
    return PLACES.stream()
        .filter(place -> Files.isExecutable(Path.of(place)))
        .findFirst()
        .orElse(null);
  }

  int port() {
    return port;
  }

  public String uri() {
    return "tcp://" + LOOPBACK + ":" + port;
  }

  void start() throws IOException {
    String binary = binary();
    if (binary == null) {
      throw new IOException("mosquitto is not installed");
    }
    process =
        new ProcessBuilder(binary, "-c", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(configuration.resolveSibling("mosquitto.log").toFile())
            .start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!accepts()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IOException(
            "mosquitto does not start: "
                + Files.readString(configuration.resolveSibling("mosquitto.log")));
      }
      Thread.onSpinWait();
    }
  }

  void stop() throws IOException {
    Process running = process;
    if (running == null) {
      return;
    }
    running.destroy();
    try {
      if (!running.waitFor(10, TimeUnit.SECONDS)) {
        running.destroyForcibly();
      }
    } catch (InterruptedException e) {
      running.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    stop();
  }

  private boolean accepts() {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(LOOPBACK, port), 200);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
