package io.medtwin.app.demo;

import io.medtwin.app.command.ConsoleStart;
import io.medtwin.app.command.Ending;
import io.medtwin.app.command.Environment;
import io.medtwin.app.command.Loaded;
import io.medtwin.app.console.ConsoleOfGateway;
import io.medtwin.app.wiring.Gateway;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The console of a demo, which starts beside it on a thread of its own: the ward goes first. */
final class DemoConsole implements AutoCloseable {

  private final CompletableFuture<Optional<ConsoleOfGateway>> starting = new CompletableFuture<>();
  private boolean told;

  private DemoConsole() {}

  /** Begins; none comes where the demo's time is over before. */
  static DemoConsole start(
      Path file,
      Loaded loaded,
      Gateway gateway,
      Ending ending,
      Instant end,
      Environment environment) {
    var console = new DemoConsole();
    var unused =
        Thread.ofVirtual()
            .name("console-start")
            .start(() -> console.open(file, loaded, gateway, ending, end, environment));
    return console;
  }

  private void open(
      Path file,
      Loaded loaded,
      Gateway gateway,
      Ending ending,
      Instant end,
      Environment environment) {
    try {
      ConsoleStart.letTheLineGoFirst(gateway, ending, end, environment);
      starting.complete(
          environment.clock().instant().isBefore(end)
              ? ConsoleStart.of(file, loaded, gateway, true, environment)
              : Optional.empty());
    } catch (IOException | RuntimeException e) {
      starting.completeExceptionally(e);
    } catch (InterruptedException e) {
      starting.complete(Optional.empty());
    }
  }

  /** Whether it is known by now if there is one. */
  boolean isSettled() {
    return starting.isDone();
  }

  /** Where it is: once, when it is there; or why it is not. */
  List<String> news() {
    if (told || !starting.isDone()) {
      return List.of();
    }
    told = true;
    try {
      return starting.join().map(ConsoleStart::guide).orElse(List.of());
    } catch (CompletionException e) {
      var cause = e.getCause() == null ? e : e.getCause();
      return List.of("  console  none: " + cause.getMessage());
    }
  }

  /** Waits for its start, which takes seconds at most, and ends it. */
  @Override
  public void close() {
    try {
      starting.join().ifPresent(ConsoleOfGateway::close);
    } catch (CompletionException e) {
      // it never was there, which was told
    }
  }
}
