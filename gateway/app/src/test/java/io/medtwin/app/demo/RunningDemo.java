package io.medtwin.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.app.Terminal;
import io.medtwin.app.TestInstallation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A demo in this process, on ports of its own, for tests that look at it from outside. */
public final class RunningDemo implements AutoCloseable {

  private static final Pattern CONSOLE =
      Pattern.compile("^  console +(http\\S+)", Pattern.MULTILINE);
  private static final Pattern CODE = Pattern.compile("with the code (\\S+)");
  private static final Pattern BROKER = Pattern.compile("^  wires +MQTT (\\S+)", Pattern.MULTILINE);
  private static final Pattern FILE = Pattern.compile("^  files +(\\S+)", Pattern.MULTILINE);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Terminal terminal;
  private final CompletableFuture<Integer> exit;

  private RunningDemo(Terminal terminal, CompletableFuture<Integer> exit) {
    this.terminal = terminal;
    this.exit = exit;
  }

  /** Starts one, and waits until its console is open. */
  public static RunningDemo start(Path folder, String... options)
      throws IOException, InterruptedException {
    var terminal = new Terminal(TestInstallation.in(folder), Map.of());
    var arguments = Stream.concat(Stream.of("demo"), Stream.of(options)).toArray(String[]::new);
    var exit =
        CompletableFuture.supplyAsync(
            () -> terminal.run(environment -> new DemoCommand(environment, Ports.ANY), arguments));
    var demo = new RunningDemo(terminal, exit);
    demo.code();
    return demo;
  }

  /** Where its console is. */
  public URI console() throws InterruptedException {
    return URI.create(printed(CONSOLE));
  }

  /** The code that claims its console. */
  public String code() throws InterruptedException {
    return printed(CODE);
  }

  /** Where its broker is. */
  public URI broker() throws InterruptedException {
    return URI.create(printed(BROKER));
  }

  /** The gateway file that it wrote. */
  public Path file() throws InterruptedException {
    return Path.of(printed(FILE));
  }

  /** Types a line. */
  public void type(String line) throws IOException {
    terminal.type(line);
  }

  @Override
  public void close() throws IOException {
    terminal.type("quit");
    try {
      assertThat(exit.get(60, TimeUnit.SECONDS)).as(terminal.err()).isZero();
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("the demo did not end: " + terminal.err(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String printed(Pattern pattern) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      var found = pattern.matcher(terminal.out());
      if (found.find()) {
        return found.group(1);
      }
      assertThat(exit).as(terminal.err()).isNotDone();
      assertThat(System.nanoTime()).as("printed in time: %s", pattern).isLessThan(end);
      Thread.sleep(20); // the demo prints when it is ready
    }
  }
}
