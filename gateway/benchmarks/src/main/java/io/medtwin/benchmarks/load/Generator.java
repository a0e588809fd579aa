package io.medtwin.benchmarks.load;

import io.medtwin.benchmarks.process.Child;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** The load generator's process, seen from the run. */
final class Generator implements AutoCloseable {

  private final Child child;

  private Generator(Child child) throws IOException {
    this.child = child;
    child.answer(); // ready
  }

  /** What one order came to. */
  record Sent(long inAll, long answered, long nanos, long worstDelayNanos, List<String> times) {

    double perSecond(long messages) {
      return messages * 1e9 / nanos;
    }
  }

  static Generator mqtt(Path folder, URI broker, int devices) throws IOException {
    return new Generator(
        Child.java(
            "generator",
            folder,
            List.of("-Xmx128m"),
            "generator",
            "--mqtt=" + broker,
            "--devices=" + devices));
  }

  static Generator coap(Path folder, int port, boolean confirmable, int devices)
      throws IOException {
    return new Generator(
        Child.java(
            "generator",
            folder,
            List.of("-Xmx128m"),
            "generator",
            "--coap=" + port,
            "--non=" + !confirmable,
            "--devices=" + devices));
  }

  /** Sends so many messages; blocks until it is done. Rate 0: as fast as it goes. */
  Sent run(long rate, long messages) throws IOException {
    start(rate, messages);
    return await();
  }

  /** Starts to send; {@link #await} waits. */
  void start(long rate, long messages) throws IOException {
    child.tell("run " + rate + " " + messages);
  }

  Sent await() throws IOException {
    String[] words = child.answer().strip().split(" ");
    return new Sent(
        Long.parseLong(words[0]),
        Long.parseLong(words[1]),
        Long.parseLong(words[2]),
        Long.parseLong(words[3]),
        List.of(words).subList(4, words.length));
  }

  Child child() {
    return child;
  }

  @Override
  public void close() {
    child.close();
  }
}
