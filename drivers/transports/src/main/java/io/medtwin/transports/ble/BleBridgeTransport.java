package io.medtwin.transports.ble;

import io.medtwin.spi.LinkKind;
import io.medtwin.spi.transport.ByteWire;
import io.medtwin.spi.transport.MessageWire;
import io.medtwin.spi.transport.Transport;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * The way to one Bluetooth device, or to all, behind bridges that speak over another message
 * transport. Its messages are GATT events; see the package for their form.
 *
 * <p>The carrier subscribes to {@link BridgeDialect#topicFilter}. Give each link a carrier of its
 * own: messages of other devices are accepted and dropped. A driver cannot send through it.
 */
public final class BleBridgeTransport implements Transport {

  private final Transport carrier;
  private final BleBridgeConfig config;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final RandomGenerator random;
  private final BridgeFaults faults;

  /**
   * @param carrier brings the bridges' messages and takes ours, such as an MQTT transport
   * @param config make of the bridges and what is known of the devices
   * @param clock stamps our requests to bridges
   * @param random tells our requests from those of others on the broker
   * @throws IllegalArgumentException the carrier carries bytes, not messages
   */
  public BleBridgeTransport(
      Transport carrier, BleBridgeConfig config, InstantSource clock, RandomGenerator random) {
    this(carrier, config, clock, System::nanoTime, random);
  }

  BleBridgeTransport(
      Transport carrier,
      BleBridgeConfig config,
      InstantSource clock,
      LongSupplier nanoTime,
      RandomGenerator random) {
    if (carrier.kind().carriesBytes()) {
      throw new IllegalArgumentException(
          "BLE bridge: expected a carrier of messages, got " + carrier.name());
    }
    this.carrier = carrier;
    this.config = config;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.random = random;
    this.faults = new BridgeFaults(name());
  }

  @Override
  public LinkKind kind() {
    return LinkKind.BLE;
  }

  @Override
  public String name() {
    var device = config.device();
    return "ble:"
        + config.dialect().name()
        + "/"
        + (device == null ? "+" : device)
        + " over "
        + carrier.name();
  }

  /** How often each kind of fault happened on this link; every kind has an entry. */
  public Map<BridgeFault, Long> faults() {
    return faults.snapshot();
  }

  @Override
  public MessageWire open() throws IOException, InterruptedException {
    return switch (carrier.open()) {
      case MessageWire wire ->
          new BleBridgeWire(
              wire,
              config,
              new Discovery(
                  config.handles(), HexFormat.of().toHexDigits(random.nextLong()), faults),
              faults,
              clock,
              nanoTime);
      case ByteWire wire -> {
        wire.close();
        throw new IOException(name() + ": the carrier opened a stream of bytes");
      }
    };
  }
}
