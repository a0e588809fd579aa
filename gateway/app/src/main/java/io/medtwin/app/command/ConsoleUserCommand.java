package io.medtwin.app.command;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code medtwin console user}: one more who may log in, another role or password, or one less. */
@Command(
    name = "user",
    mixinStandardHelpOptions = true,
    description = {
      "Add somebody to the console of the running gateway, change role and password, or remove",
      "them. The password is asked for, or read from standard input."
    })
final class ConsoleUserCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private RunningGateway of = new RunningGateway();

  @Parameters(index = "0", paramLabel = "NAME", description = "Who.")
  private String user = "";

  @ArgGroup(multiplicity = "1")
  private What what = new What();

  /** To be somebody or nobody. */
  static final class What {
    @Option(names = "--role", paramLabel = "ROLE", description = "viewer, biomed or admin.")
    private @Nullable String role;

    @Option(names = "--remove", description = "They may log in no more.")
    private boolean remove;
  }

  ConsoleUserCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    return ConsoleClient.of(
        of.file,
        environment,
        console -> {
          var path = "/users/" + URLEncoder.encode(user, StandardCharsets.UTF_8);
          var role = what.role;
          if (role == null) {
            console.delete(path);
          } else {
            console.put(
                path,
                Map.of("role", role, "password", Secrets.ask(environment, "password of " + user)));
          }
          var now = role == null ? "may log in no more" : "may log in as " + role;
          environment
              .out()
              .println(
                  of.json
                      ? "{\"user\":\"" + user + "\",\"role\":" + quoted(role) + "}"
                      : user + " " + now);
          return ExitCode.OK;
        });
  }

  private static String quoted(@Nullable String role) {
    return role == null ? "null" : "\"" + role + "\"";
  }
}
