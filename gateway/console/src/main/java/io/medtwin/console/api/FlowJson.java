package io.medtwin.console.api;

import io.medtwin.console.json.JsonWriter;
import io.medtwin.console.line.Flow;
import io.medtwin.console.line.GatewayLine;

/** What flows where. */
public final class FlowJson {

  private FlowJson() {}

  /** The flow now. */
  public static byte[] of(GatewayLine line, Rates rates) {
    var flow = line.flow();
    var health = line.journal().health().word();
    var reach = line.facts().reach();
    return JsonWriter.object(
        out -> {
          out.time("at", flow.at())
              .list("links", flow.links(), (each, link) -> link(each, link, rates))
              .object(
                  "journal",
                  members -> journal(members, flow.journal(), rates).text("health", health))
              .object("keeper", members -> keeper(members, flow.keeper(), rates))
              .object(
                  "backend",
                  members -> backend(members, flow.backend(), rates).text("reach", reach))
              .list("latencies", rates.latencies(), FlowJson::latency);
        });
  }

  private static void link(JsonWriter out, Flow.Link link, Rates rates) {
    out.text("name", link.name())
        .text("transport", link.transport())
        .text("driver", link.driver())
        .text("state", link.state())
        .text("why", link.why())
        .texts("devices", link.devices())
        .number("reports", link.reports())
        .number("discards", link.discards())
        .number("discardedBytes", link.discardedBytes())
        .number("refusals", link.refusals())
        .number("repetitions", link.repetitions())
        .number("reportsPerSecond", rates.links().get(link.name()));
  }

  private static JsonWriter journal(JsonWriter out, Flow.Store journal, Rates rates) {
    return out.number("reports", journal.reports())
        .number("commits", journal.commits())
        .number("waiting", journal.waiting())
        .number("bytes", journal.bytes())
        .number("maxBytes", journal.maxBytes())
        .number("reportsPerSecond", rates.journal());
  }

  private static void keeper(JsonWriter out, Flow.Owner keeper, Rates rates) {
    out.number("reports", keeper.reports())
        .number("waiting", keeper.waiting())
        .number("pending", keeper.pending())
        .number("reportsPerSecond", rates.keeper());
  }

  private static JsonWriter backend(JsonWriter out, Flow.Way backend, Rates rates) {
    return out.number("sent", backend.sent())
        .number("stored", backend.stored())
        .number("busy", backend.busy())
        .number("refused", backend.refused())
        .number("inFlight", backend.inFlight())
        .number("window", backend.window())
        .number("limitPerSecond", backend.limitPerSecond())
        .time("oldestPending", backend.oldestPending())
        .number("storedPerSecond", rates.stored());
  }

  private static void latency(JsonWriter out, Percentiles latency) {
    out.text("stage", latency.stage())
        .number("p50", latency.p50())
        .number("p95", latency.p95())
        .number("p99", latency.p99())
        .number("count", latency.count());
  }
}
