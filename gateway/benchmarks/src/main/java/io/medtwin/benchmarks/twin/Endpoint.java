package io.medtwin.benchmarks.twin;

import io.medtwin.benchmarks.process.Child;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** The twin endpoint's process, seen from the run. */
public final class Endpoint implements AutoCloseable {

  private final Child child;
  private final URI uri;

  private Endpoint(Child child) throws IOException {
    this.child = child;
    this.uri = URI.create(child.answer());
  }

  /**
   * What it counted since its start.
   *
   * @param commands that arrived
   * @param tooMany commands answered 429
   * @param events sent to the observer
   * @param eventsDropped that the observer missed
   */
  public record Counters(long commands, long tooMany, long events, long eventsDropped) {}

  /** Starts one on a free port of loopback. */
  public static Endpoint start(Path folder) throws IOException {
    return new Endpoint(Child.java("endpoint", folder, List.of("-Xmx768m"), "endpoint"));
  }

  /** Base of its HTTP API. */
  public URI uri() {
    return uri;
  }

  /** What it counted. */
  public Counters counters() throws IOException {
    String[] words = child.ask("counters").split(" ");
    return new Counters(
        Long.parseLong(words[0]),
        Long.parseLong(words[1]),
        Long.parseLong(words[2]),
        Long.parseLong(words[3]));
  }

  /** Orders a fault and waits until it is there: down, up, drop, restart, refuse, limit 100. */
  public void order(String fault) throws IOException {
    child.ask(fault);
  }

  /** Its process. */
  public Child child() {
    return child;
  }

  @Override
  public void close() {
    child.close();
  }
}
