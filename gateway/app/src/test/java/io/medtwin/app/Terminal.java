package io.medtwin.app;

import io.medtwin.app.command.Environment;
import io.medtwin.app.command.Root;
import io.medtwin.app.wiring.Installation;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/** What a person in front of the program does and sees: runs it, types, reads. */
public final class Terminal {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final PipedWriter keys = new PipedWriter();
  private final Environment environment;

  /** A terminal with those environment variables, output not shown but kept. */
  public Terminal(Installation installation, Map<String, String> variables) throws IOException {
    environment =
        new Environment(
            installation,
            variables,
            InstantSource.system(),
            new SplittableRandom(1),
            new BufferedReader(new PipedReader(keys)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            120,
            40);
  }

  /** Runs the program to its end; returns the exit code. */
  public int run(String... arguments) {
    return Root.run(environment, List.of(arguments), Map.of());
  }

  /** The same with one more command, which is the first argument's. */
  public int run(Function<Environment, Object> command, String... arguments) {
    return Root.run(
        environment, List.of(arguments), Map.of(arguments[0], () -> command.apply(environment)));
  }

  /** Types a line. */
  public void type(String line) throws IOException {
    keys.write(line + "\n");
    keys.flush();
  }

  /** Forgets what was written so far. */
  public void clear() {
    out.reset();
    err.reset();
  }

  /** What was written to standard output so far. */
  public String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  /** What was written to standard error so far. */
  public String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
