package io.medtwin.app.command;

import io.medtwin.app.console.FleetConsole;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code medtwin console}: the fleet's page alone, without a gateway; and who may see a console.
 */
@Command(
    name = "console",
    mixinStandardHelpOptions = true,
    description = {
      "Serve the fleet's page over a Ditto, without a gateway. User and password come from",
      "MEDTWIN_DITTO_USER and MEDTWIN_DITTO_PASSWORD. Or say who may see a gateway's console."
    })
final class ConsoleCommand implements Callable<Integer> {

  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Environment environment;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--ditto", paramLabel = "URL", description = "Ditto's base URL; needed.")
  private @Nullable URI ditto;

  @Option(names = "--ca", paramLabel = "FILE", description = "PEM file of the authority to trust.")
  private @Nullable Path ca;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8480",
      description = "Port to listen at, 0 for any (default ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "Address to listen at, once the console is claimed (default ${DEFAULT-VALUE}).")
  private String bind = "127.0.0.1";

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      defaultValue = "console",
      description = "Where its users are kept (default ${DEFAULT-VALUE}).")
  private Path folder = Path.of("console");

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = Spans.class,
      description = "Stop by itself after this time, such as 30s.")
  private @Nullable Duration limit;

  private ConsoleCommand(Environment environment) {
    this.environment = environment;
  }

  /** The command with its subcommands. */
  static CommandLine line(Environment environment) {
    return new CommandLine(new ConsoleCommand(environment))
        .addSubcommand(new ConsoleClaimCommand(environment))
        .addSubcommand(new ConsoleUsersCommand(environment))
        .addSubcommand(new ConsoleUserCommand(environment));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (ditto == null) {
      throw new ParameterException(
          spec.commandLine(),
          "say which Ditto: --ditto URL; or what to do: console claim, console users, console"
              + " user");
    }
    var user = environment.variables().get("MEDTWIN_DITTO_USER");
    var password = environment.variables().get("MEDTWIN_DITTO_PASSWORD");
    if (user == null || password == null) {
      environment
          .err()
          .println("medtwin: MEDTWIN_DITTO_USER and MEDTWIN_DITTO_PASSWORD are not set");
      return ExitCode.CONFIG;
    }
    Files.createDirectories(folder);
    var clock = environment.clock();
    try (var ending = Ending.onSignal();
        var console =
            FleetConsole.start(
                new FleetConsole.Wanted(
                    ditto, user, password, Optional.ofNullable(ca), bind, port, folder),
                clock)) {
      var at = "http://127.0.0.1:" + console.port();
      environment.out().println("fleet of " + ditto + " at " + at + "/fleet.html");
      console
          .oneTimeCode()
          .ifPresent(
              code ->
                  environment
                      .out()
                      .println("claim it at " + at + "/claim.html with the code " + code));
      environment.out().flush();
      var end = limit == null ? Instant.MAX : clock.instant().plus(limit);
      while (clock.instant().isBefore(end) && !ending.awaitAsked(LOOK)) {
        environment.out().flush();
      }
    }
    return ExitCode.OK;
  }
}
