package io.medtwin.app.console;

import io.medtwin.app.wiring.Gateway;
import io.medtwin.console.line.Flow;
import io.medtwin.runtime.session.LinkView;
import io.medtwin.runtime.session.SessionState;
import io.medtwin.twin.keeper.Latency;
import java.time.Instant;
import java.util.List;

/** What flows through a gateway, in the console's terms. */
final class FlowOfGateway {

  private FlowOfGateway() {}

  static Flow now(Gateway gateway, Instant now) {
    var journal = gateway.journal();
    var traffic = gateway.keeper().traffic();
    return new Flow(
        now,
        gateway.sessions().links().stream().map(FlowOfGateway::link).toList(),
        new Flow.Store(
            journal.reports(),
            journal.commits(),
            journal.waiting(),
            journal.bytes(),
            journal.maxBytes()),
        new Flow.Owner(traffic.reports(), traffic.waiting(), traffic.pending()),
        new Flow.Way(
            traffic.sent(),
            traffic.stored(),
            traffic.busy(),
            traffic.refused(),
            traffic.inFlight(),
            traffic.window(),
            traffic.limitPerSecond(),
            traffic.oldestPending()),
        latencies(gateway.latencies()));
  }

  private static List<Flow.Latency> latencies(List<Latency> latencies) {
    return latencies.stream()
        .map(
            latency ->
                new Flow.Latency(
                    latency.stage().word(),
                    Latency.BOUNDS_MILLIS,
                    latency.counts(),
                    latency.sumMillis()))
        .toList();
  }

  private static Flow.Link link(LinkView link) {
    var counts = link.counts();
    return new Flow.Link(
        link.name(),
        link.transport(),
        link.driver(),
        word(link.state()),
        why(link.state()),
        link.devices(),
        counts.reports(),
        counts.discards(),
        counts.discardedBytes(),
        counts.refusals(),
        counts.repetitions());
  }

  private static String word(SessionState state) {
    return switch (state) {
      case SessionState.Waiting _ -> "waiting";
      case SessionState.Opening _ -> "opening";
      case SessionState.Running _ -> "running";
      case SessionState.BackingOff _ -> "backing-off";
      case SessionState.Quarantined _ -> "quarantined";
      case SessionState.Stopped _ -> "stopped";
    };
  }

  private static String why(SessionState state) {
    return switch (state) {
      case SessionState.BackingOff lost -> lost.why();
      case SessionState.Quarantined alone -> alone.why();
      case SessionState.Waiting _,
          SessionState.Opening _,
          SessionState.Running _,
          SessionState.Stopped _ ->
          "";
    };
  }
}
