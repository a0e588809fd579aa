package io.medtwin.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.medtwin.app.view.Columns;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code medtwin status}: how the gateway that runs is, on one screen. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "How the gateway that runs is: twins, devices, journal, ledger.")
final class StatusCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private RunningGateway of = new RunningGateway();

  StatusCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    return ConsoleClient.show(of, environment, "/gateway", this::print);
  }

  private void print(JsonNode at) {
    var up =
        Duration.between(
            Instant.parse(at.path("startedAt").asText()), Instant.parse(at.path("now").asText()));
    var journal = at.path("journal");
    var devices = at.path("devices");
    var totals = at.path("totals");
    line(
        "gateway",
        at.path("id").asText()
            + " at "
            + at.path("site").asText()
            + ", version "
            + at.path("version").asText()
            + ", up "
            + Columns.span(up)
            + (at.path("demo").asBoolean() ? ", SIMULATED DATA" : ""));
    line(
        "twins",
        at.path("ditto").path("url").asText() + ", " + at.path("ditto").path("reach").asText());
    line(
        "devices",
        devices.path("all").asLong()
            + ": "
            + devices.path("live").asLong()
            + " live, "
            + devices.path("exceptions").asLong()
            + " to look at, "
            + devices.path("muted").asLong()
            + " in maintenance, "
            + devices.path("unclaimed").asLong()
            + " unclaimed");
    line(
        "journal",
        journal.path("health").asText()
            + ", "
            + Columns.bytes(journal.path("bytes").asLong())
            + " of "
            + Columns.bytes(journal.path("maxBytes").asLong())
            + (journal.path("why").asText().isEmpty() ? "" : "; " + journal.path("why").asText()));
    line(
        "reports",
        totals.path("received").asLong()
            + " = "
            + totals.path("delivered").asLong()
            + " delivered + "
            + totals.path("coalesced").asLong()
            + " coalesced + "
            + totals.path("pending").asLong()
            + " pending + "
            + totals.path("rejected").asLong()
            + " rejected + "
            + totals.path("expired").asLong()
            + " expired"
            + (totals.path("exact").asBoolean() ? "" : "   NOT BALANCED: this is a bug"));
    environment.out().println(at.path("notice").asText());
  }

  private void line(String name, String text) {
    environment.out().println(String.format(java.util.Locale.ROOT, "%-9s%s", name, text));
  }
}
