package io.medtwin.app.console;

import io.medtwin.app.wiring.Gateway;
import java.time.InstantSource;

/** What Prometheus is told of a gateway. */
final class GatewayMetrics {

  private final Gateway gateway;
  private final InstantSource clock;

  GatewayMetrics(Gateway gateway, InstantSource clock) {
    this.gateway = gateway;
    this.clock = clock;
  }

  String text() {
    var flow = FlowOfGateway.now(gateway, clock.instant());
    return "# " + flow.at() + "\n";
  }
}
