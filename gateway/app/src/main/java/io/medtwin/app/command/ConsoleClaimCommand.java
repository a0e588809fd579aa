package io.medtwin.app.command;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code medtwin console claim}: the console's first admin, from the gateway's own machine or from
 * within its container, where no browser is.
 */
@Command(
    name = "claim",
    mixinStandardHelpOptions = true,
    description = {
      "Claim the console of the running gateway with its one-time code: its first admin. The",
      "password is asked for, or read from standard input."
    })
final class ConsoleClaimCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private RunningGateway of = new RunningGateway();

  @Option(
      names = "--code",
      required = true,
      paramLabel = "CODE",
      description = "As the gateway printed it at its start.")
  private String code = "";

  @Option(names = "--user", required = true, paramLabel = "NAME", description = "Who it will be.")
  private String user = "";

  ConsoleClaimCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    return ConsoleClient.of(
        of.file,
        environment,
        console -> {
          var password = Secrets.ask(environment, "password of " + user);
          console.post("/claim", Map.of("code", code, "user", user, "password", password));
          environment
              .out()
              .println(
                  of.json
                      ? "{\"claimed\":true}"
                      : user
                          + " is its admin; the console listens where the gateway's file says now");
          return ExitCode.OK;
        });
  }
}
