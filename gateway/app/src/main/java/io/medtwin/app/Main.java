package io.medtwin.app;

import io.medtwin.app.command.Environment;
import io.medtwin.app.command.NoDemo;
import io.medtwin.app.command.Root;
import io.medtwin.app.wiring.Installation;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Where the program begins. */
public final class Main {

  private static final int DEFAULT_COLUMNS = 120;
  private static final int DEFAULT_ROWS = 40;
  private static final String DEMO = "io.medtwin.app.demo.DemoCommand";
  private static final String SIMULATE = "io.medtwin.app.demo.simulate.SimulateCommand";
  private static final String SIMULATORS = "io.medtwin.simulator.ward.Ward";

  private Main() {}

  /** Runs the command line and exits with its code. */
  public static void main(String[] args) {
    var out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    var err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    @Nullable String home = System.getProperty(Installation.HOME);
    var console = System.console();
    var environment =
        new Environment(
            new Installation(Path.of(home == null ? "." : home)),
            System.getenv(),
            InstantSource.system(),
            new SplittableRandom(),
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
            out,
            err,
            console != null && console.isTerminal(),
            size("COLUMNS", DEFAULT_COLUMNS, 60),
            size("LINES", DEFAULT_ROWS, 10));
    int code =
        Root.run(
            environment,
            List.of(args),
            Map.of(
                "demo", () -> simulating("demo", DEMO, environment),
                "simulate", () -> simulating("simulate", SIMULATE, environment)));
    out.flush();
    System.exit(code);
  }

  /**
   * What simulates is no part of a production installation: the simulators and the broker are not
   * there.
   */
  private static Object simulating(String name, String command, Environment environment) {
    try {
      var unused = Class.forName(SIMULATORS);
      return Class.forName(command).getConstructor(Environment.class).newInstance(environment);
    } catch (ReflectiveOperationException e) {
      return NoDemo.instead(environment, name);
    }
  }

  private static int size(String name, int usual, int least) {
    @Nullable String text = System.getenv(name);
    try {
      return text == null ? usual : Math.max(least, Integer.parseInt(text));
    } catch (NumberFormatException e) {
      return usual;
    }
  }
}
