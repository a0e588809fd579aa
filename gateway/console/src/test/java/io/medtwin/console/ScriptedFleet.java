package io.medtwin.console;

import io.medtwin.console.line.FleetDevice;
import io.medtwin.console.line.FleetGateway;
import io.medtwin.console.line.FleetSource;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A Ditto that knows one gateway. */
final class ScriptedFleet implements FleetSource {

  final AtomicInteger searches = new AtomicInteger();
  volatile boolean silent;

  @Override
  public List<FleetGateway> gateways() throws IOException {
    searches.incrementAndGet();
    if (silent) {
      throw new IOException("connection refused");
    }
    return List.of(
        new FleetGateway(
            "gw-1",
            "north",
            "clinic.north:gw-1",
            "0.1.0",
            ManualClock.BEGIN,
            null,
            "ok",
            1,
            1,
            0,
            0,
            0,
            null,
            30.5,
            Map.of("test-oximeter", "1.0.0"),
            Map.of("test-driver", "1.0.0")));
  }

  @Override
  public List<FleetDevice> devices(String gateway) {
    searches.incrementAndGet();
    return List.of(
        new FleetDevice(
            "clinic.north:ox-1",
            "ox-1",
            "pulse-oximeter",
            "Testmaker Ox 1",
            "online",
            null,
            ManualClock.BEGIN,
            "test-oximeter 1.0.0"));
  }
}
