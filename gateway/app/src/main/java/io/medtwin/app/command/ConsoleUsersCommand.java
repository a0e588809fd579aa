package io.medtwin.app.command;

import io.medtwin.app.view.Columns;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code medtwin console users}: who may log in. */
@Command(
    name = "users",
    mixinStandardHelpOptions = true,
    description = "Who may log in to the console of the running gateway, and as what.")
final class ConsoleUsersCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private RunningGateway of = new RunningGateway();

  ConsoleUsersCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    return ConsoleClient.show(
        of,
        environment,
        "/users",
        answer -> {
          var rows = new Columns("USER", "ROLE");
          answer
              .path("users")
              .forEach(each -> rows.row(each.path("user").asText(), each.path("role").asText()));
          rows.lines().forEach(environment.out()::println);
        });
  }
}
