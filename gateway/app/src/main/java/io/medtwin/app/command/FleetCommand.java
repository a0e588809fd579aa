package io.medtwin.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.medtwin.app.view.Columns;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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
    boolean all = gateway.isEmpty();
    var path =
        all
            ? "/fleet"
            : "/fleet/" + URLEncoder.encode(gateway, StandardCharsets.UTF_8) + "/devices";
    return ConsoleClient.show(
        of,
        environment,
        path,
        answer ->
            (all ? gateways(answer.path("gateways")) : devices(answer.path("devices")))
                .lines()
                .forEach(environment.out()::println));
  }

  private static Columns gateways(JsonNode gateways) {
    var rows =
        new Columns(
            "GATEWAY", "SITE", "HEALTH", "VERSION", "DEVICES", "LIVE", "PENDING", "LOST", "UNTIL");
    for (JsonNode each : gateways) {
      rows.row(
          each.path("id").asText(),
          each.path("site").asText(),
          each.path("health").asText(),
          each.path("version").asText(),
          each.path("devices").asText(),
          each.path("live").asText(),
          each.path("pending").asText(),
          each.path("lost").asText(),
          each.path("expiresAt").asText("–"));
    }
    return rows;
  }

  private static Columns devices(JsonNode devices) {
    var rows = new Columns("DEVICE", "CLASS", "MODEL", "LINK", "LAST HEARD", "THING");
    for (JsonNode each : devices) {
      rows.row(
          each.path("device").asText(),
          each.path("class").asText(each.path("kind").asText()),
          each.path("model").asText(),
          each.path("link").asText(),
          each.path("lastHeard").asText("–"),
          each.path("thingId").asText());
    }
    return rows;
  }
}
