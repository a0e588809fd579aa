package io.medtwin.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code medtwin fleet}: every gateway that the Ditto behind this one knows. */
@Command(
    name = "fleet",
    mixinStandardHelpOptions = true,
    description = "Every gateway that the Ditto behind the running one knows, or one's devices.")
final class FleetCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private RunningGateway of = new RunningGateway();

  @Option(names = "--gateway", paramLabel = "ID", description = "The devices of this gateway.")
  private String gateway = "";

  FleetCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    return ConsoleClient.of(
        of.file,
        environment,
        console -> {
          var path =
              gateway.isEmpty()
                  ? "/fleet"
                  : "/fleet/" + URLEncoder.encode(gateway, StandardCharsets.UTF_8) + "/devices";
          var answer = console.get(path);
          if (of.json) {
            environment.out().println(answer.text());
          } else {
            Columns.of(
                    gateway.isEmpty()
                        ? gateways(answer.json().path("gateways"))
                        : devices(answer.json().path("devices")))
                .forEach(environment.out()::println);
          }
          return ExitCode.OK;
        });
  }

  private static List<List<String>> gateways(JsonNode gateways) {
    var rows = new ArrayList<List<String>>();
    rows.add(
        List.of(
            "GATEWAY", "SITE", "HEALTH", "VERSION", "DEVICES", "LIVE", "PENDING", "LOST", "UNTIL"));
    for (JsonNode each : gateways) {
      rows.add(
          List.of(
              each.path("id").asText(),
              each.path("site").asText(),
              each.path("health").asText(),
              each.path("version").asText(),
              each.path("devices").asText(),
              each.path("live").asText(),
              each.path("pending").asText(),
              each.path("lost").asText(),
              each.path("expiresAt").asText("–")));
    }
    return rows;
  }

  private static List<List<String>> devices(JsonNode devices) {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("DEVICE", "CLASS", "MODEL", "LINK", "LAST HEARD", "THING"));
    for (JsonNode each : devices) {
      rows.add(
          List.of(
              each.path("device").asText(),
              each.path("class").asText(each.path("kind").asText()),
              each.path("model").asText(),
              each.path("link").asText(),
              each.path("lastHeard").asText("–"),
              each.path("thingId").asText()));
    }
    return rows;
  }
}
