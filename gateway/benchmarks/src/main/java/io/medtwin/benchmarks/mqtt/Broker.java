package io.medtwin.benchmarks.mqtt;

import io.medtwin.benchmarks.process.Child;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The MQTT broker of a run, a process of its own: mosquitto where it is installed. */
public final class Broker implements AutoCloseable {

  private static final int START_LIMIT_MILLIS = 10_000;

  private final Child child;
  private final URI uri;
  private final String what;

  private Broker(Child child, URI uri, String what) {
    this.child = child;
    this.uri = uri;
    this.what = what;
  }

  /** Starts one on a free port of loopback; nothing is stored, nothing is limited. */
  public static Broker start(Path folder) throws IOException, InterruptedException {
    Optional<Path> mosquitto =
        Stream.of("/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto", "/usr/bin/mosquitto")
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst();
    if (mosquitto.isEmpty()) {
      var child = Child.java("broker", folder, List.of("-Xmx512m"), "broker");
      return new Broker(child, URI.create(child.answer()), "Artemis, embedded");
    }
    int port = freePort();
    var config = folder.resolve("mosquitto.conf");
    Files.writeString(
        config,
        """
        listener %d 127.0.0.1
        allow_anonymous true
        persistence false
        max_inflight_messages 0
        max_queued_messages 0
        set_tcp_nodelay true
        log_type error
        """
            .formatted(port));
    var child =
        Child.start(
            "broker",
            folder,
            Map.of(),
            List.of(mosquitto.get().toString(), "-c", config.toString()));
    awaitPort(port);
    return new Broker(child, URI.create("tcp://127.0.0.1:" + port), "mosquitto");
  }

  /** Where it listens. */
  public URI uri() {
    return uri;
  }

  /** Which broker it is. */
  public String what() {
    return what;
  }

  /** Its process. */
  public Child child() {
    return child;
  }

  /** A port that was free a moment ago. */
  public static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Waits until somebody listens. */
  public static void awaitPort(int port) throws IOException, InterruptedException {
    long end = System.nanoTime() + START_LIMIT_MILLIS * 1_000_000L;
    while (true) {
      try (var socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        return;
      } catch (IOException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        Thread.sleep(20);
      }
    }
  }

  @Override
  public void close() {
    child.close();
  }
}
