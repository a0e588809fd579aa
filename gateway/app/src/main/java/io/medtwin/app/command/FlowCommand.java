package io.medtwin.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.medtwin.app.view.Columns;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code medtwin flow}: what goes where, how fast, and what is lost on the way. */
@Command(
    name = "flow",
    mixinStandardHelpOptions = true,
    description = "What flows where: links, driver, journal, twins, Ditto; rates and delays.")
final class FlowCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private RunningGateway of = new RunningGateway();

  FlowCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    return ConsoleClient.show(of, environment, "/flow", this::print);
  }

  private void print(JsonNode flow) {
    var rows =
        new Columns("LINK", "DRIVER", "STATE", "REPORTS/S", "REPORTS", "DISCARDED", "REFUSED");
    for (JsonNode link : flow.path("links")) {
      rows.row(
          link.path("name").asText(),
          link.path("driver").asText(),
          link.path("state").asText(),
          rate(link.path("reportsPerSecond")),
          link.path("reports").asText(),
          link.path("discards").asText(),
          link.path("refusals").asText());
    }
    rows.lines().forEach(environment.out()::println);
    var journal = flow.path("journal");
    var keeper = flow.path("keeper");
    var backend = flow.path("backend");
    environment.out().println();
    say(
        "journal  %s/s, %s waiting, %s",
        rate(journal.path("reportsPerSecond")),
        journal.path("waiting").asText(),
        journal.path("health").asText("ok"));
    say(
        "twins    %s/s, %s waiting, %s pending",
        rate(keeper.path("reportsPerSecond")),
        keeper.path("waiting").asText(),
        keeper.path("pending").asText());
    say(
        "Ditto    %s merges/s, %s of %s in flight, %s put back, %s refused, %s",
        rate(backend.path("storedPerSecond")),
        backend.path("inFlight").asText(),
        backend.path("window").asText(),
        backend.path("busy").asText(),
        backend.path("refused").asText(),
        backend.path("reach").asText());
    for (JsonNode stage : flow.path("latencies")) {
      say(
          "%-20s p50 %s ms, p95 %s ms, p99 %s ms of %s",
          stage.path("stage").asText(),
          millis(stage.path("p50")),
          millis(stage.path("p95")),
          millis(stage.path("p99")),
          stage.path("count").asText());
    }
  }

  private void say(String format, Object... parts) {
    environment.out().println(String.format(Locale.ROOT, format, parts));
  }

  private static String millis(JsonNode number) {
    return number.isNumber() ? String.valueOf(Math.round(number.asDouble())) : "–";
  }

  private static String rate(JsonNode number) {
    return String.format(Locale.ROOT, "%.1f", number.asDouble());
  }
}
