package io.medtwin.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code medtwin tap}: a device's bytes, and what becomes of them, as they come. */
@Command(
    name = "tap",
    mixinStandardHelpOptions = true,
    description = {
      "Look over a device's shoulder: bytes, what the driver makes of them, where that goes in the",
      "twin. Until Ctrl-C, 10 minutes at most."
    })
final class TapCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private RunningGateway of = new RunningGateway();

  @Parameters(index = "0", paramLabel = "DEVICE", description = "Its id in the gateway file.")
  private String device = "";

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = Spans.class,
      description = "Stop by itself after this time, such as 30s.")
  private @Nullable Duration limit;

  TapCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var clock = environment.clock();
    return ConsoleClient.of(
        of.file,
        environment,
        console -> {
          var end = limit == null ? Instant.MAX : clock.instant().plus(limit);
          console.listen(
              "/devices/" + URLEncoder.encode(device, StandardCharsets.UTF_8) + "/tap",
              (event, data) -> {
                environment.out().println(of.json ? data.toString() : line(event, data));
                environment.out().flush();
                return clock.instant().isBefore(end);
              });
          return ExitCode.OK;
        });
  }

  private static String line(String event, JsonNode step) {
    if (event.equals("missed")) {
      return step.path("count").asText() + " steps missed: they came faster than they were taken";
    }
    var at = step.path("at").asText();
    var time = at.length() > 23 ? at.substring(11, 23) : at;
    var what =
        switch (step.path("kind").asText()) {
          case "bytes" -> (step.path("sent").asBoolean() ? "> " : "< ") + step.path("hex").asText();
          case "message" ->
              "< "
                  + step.path("topic").asText()
                  + " "
                  + step.path("length").asText()
                  + " bytes  "
                  + step.path("hex").asText();
          case "discarded" ->
              "  discarded "
                  + step.path("length").asText()
                  + " bytes: "
                  + step.path("why").asText();
          case "heard" ->
              "    "
                  + step.path("name").asText()
                  + " = "
                  + step.path("value").asText()
                  + " "
                  + step.path("unit").asText();
          default ->
              "      -> "
                  + step.path("finding").asText()
                  + " "
                  + step.path("path").asText()
                  + " "
                  + (step.path("value").asText() + " " + step.path("unit").asText()).strip()
                  + "  "
                  + step.path("note").asText();
        };
    return time + "  " + what;
  }
}
