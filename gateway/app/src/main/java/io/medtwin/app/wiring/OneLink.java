package io.medtwin.app.wiring;

import io.medtwin.app.config.GatewayConfig;
import io.medtwin.app.wiring.Plan.Way;
import io.medtwin.spi.transport.Transport;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;

/** One link of a file, without a gateway. Close it when nothing uses it any more. */
public final class OneLink implements AutoCloseable {

  private final Connections connections;
  private final Transport transport;

  private OneLink(Connections connections, Transport transport) {
    this.connections = connections;
    this.transport = transport;
  }

  /**
   * The link of a device, or of a hub.
   *
   * @param name of the device, or of the hub
   * @param linkDefaults what a profile says of links
   * @throws IOException a port that was asked for cannot be had
   * @throws IllegalArgumentException its parameters make no sense
   */
  public static OneLink of(
      GatewayConfig config,
      String name,
      Map<String, String> linkDefaults,
      InstantSource clock,
      RandomGenerator random)
      throws IOException {
    var connections = new Connections(config, clock, random);
    try {
      var device = config.devices().get(name);
      var way =
          device == null
              ? new Way.Shared(name, Map.of(), Map.of(), linkDefaults)
              : new Way.Own(name, device.route(), linkDefaults);
      var link = new OneLink(connections, connections.transport(way));
      connections.listen();
      return link;
    } catch (IOException | RuntimeException e) {
      connections.close();
      throw e;
    }
  }

  /** How it is reached. */
  public Transport transport() {
    return transport;
  }

  @Override
  public void close() {
    connections.close();
  }
}
