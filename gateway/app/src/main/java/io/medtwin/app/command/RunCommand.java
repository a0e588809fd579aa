package io.medtwin.app.command;

import io.medtwin.app.console.ConsoleOfGateway;
import io.medtwin.app.log.LogFormat;
import io.medtwin.app.view.DeviceTable;
import io.medtwin.app.view.Screen;
import io.medtwin.app.wiring.Gateway;
import io.medtwin.twin.document.DocumentException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code medtwin run}: the gateway for real devices and a real Ditto. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Run the gateway of a YAML file until it is stopped (Ctrl-C, SIGTERM).")
final class RunCommand implements Callable<Integer> {

  private static final Duration REDRAW = Duration.ofMillis(500);

  private final Environment environment;

  @Option(
      names = {"-c", "--config"},
      required = true,
      paramLabel = "FILE",
      description = "The gateway's YAML file.")
  private Path file = Path.of("");

  @Option(
      names = "--plugin",
      paramLabel = "FOLDER",
      description = {
        "A plugin that the file does not name: a folder of jars. May be given again and again."
      })
  private List<Path> plugins = List.of();

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = Spans.class,
      description = "Stop by itself after this time, such as 30s.")
  private @Nullable Duration limit;

  @Option(names = "--json", description = "Write one JSON object for all devices when it ends.")
  private boolean json;

  RunCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!LogFormat.use(environment.variables())) {
      environment.err().println("medtwin: " + LogFormat.VARIABLE + " is either text or json");
      return ExitCode.CONFIG;
    }
    Loaded loaded;
    try {
      loaded = Loaded.from(file, plugins, environment);
    } catch (DocumentException e) {
      environment.err().println(e.getMessage());
      return ExitCode.CONFIG;
    }
    try (var ending = Ending.onSignal()) {
      return run(loaded, ending);
    }
  }

  private int run(Loaded loaded, Ending ending) throws IOException, InterruptedException {
    try (var gateway =
        Gateway.start(
            loaded.config(),
            loaded.plan(),
            loaded.dictionary(),
            environment.installation().versionOrEmpty(),
            environment.clock(),
            environment.random())) {
      var end = limit == null ? Instant.MAX : environment.clock().instant().plus(limit);
      try (var unused = LiveFile.watch(file, loaded, environment, gateway);
          var console = openConsole(loaded, gateway, ending, end)) {
        watch(gateway, ending, end);
      }
      if (json) {
        environment.out().println(ViewsJson.write(gateway.keeper().views()));
        environment.out().flush();
      }
    } catch (IllegalArgumentException e) {
      environment.err().println(file + ": " + e.getMessage());
      return ExitCode.CONFIG;
    } finally {
      loaded.plugins().close();
    }
    return ExitCode.OK;
  }

  /** After the line, which it never delays; its code goes to people's eyes, never to the log. */
  private @Nullable ConsoleOfGateway openConsole(
      Loaded loaded, Gateway gateway, Ending ending, Instant end)
      throws IOException, InterruptedException {
    ConsoleStart.letTheLineGoFirst(gateway, ending, end, environment);
    var console = ConsoleStart.of(file, loaded, gateway, false, environment).orElse(null);
    if (console != null) {
      ConsoleStart.guide(console).forEach(environment.err()::println);
    }
    return console;
  }

  private void watch(Gateway gateway, Ending ending, Instant end) throws InterruptedException {
    var screen = new Screen(environment.out(), environment.terminal() && !json, environment.rows());
    var table = new DeviceTable(environment.terminal(), environment.columns());
    while (environment.clock().instant().isBefore(end)) {
      if (screen.isTerminal()) {
        screen.draw(table.lines(gateway.keeper().views(), environment.clock().instant()));
      }
      if (ending.awaitAsked(REDRAW)) {
        return;
      }
    }
  }
}
