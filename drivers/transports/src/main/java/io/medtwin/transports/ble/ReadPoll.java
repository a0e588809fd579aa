package io.medtwin.transports.ble;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * One characteristic that an OpenMQTTGateway reads for us every so often. Fit for scales and
 * thermometers; not for a monitor, since each read is a connection of its own.
 *
 * @param gateway name of the bridge, as in its topics
 * @param device Bluetooth address
 * @param randomAddress whether the address is a random one
 * @param service UUID of the service, short or whole
 * @param characteristic UUID of the characteristic, short or whole
 * @param period time from one read to the next, 10 s to 1 day
 */
public record ReadPoll(
    String gateway,
    String device,
    boolean randomAddress,
    String service,
    String characteristic,
    Duration period) {

  /** How often the bridge tries to connect before it gives up a read. */
  static final int ATTEMPTS = 2;

  private static final Pattern GATEWAY = Pattern.compile("[^#+/\\s]+");
  private static final Duration MIN = Duration.ofSeconds(10);
  private static final Duration MAX = Duration.ofDays(1);

  public ReadPoll {
    if (!GATEWAY.matcher(gateway).matches()) {
      throw new IllegalArgumentException(
          "BLE read: expected a bridge name without / + #, got \"" + gateway + "\"");
    }
    device = BleAddress.require("BLE read", device);
    service = GattUuid.require("BLE read: service", service);
    characteristic = GattUuid.require("BLE read: characteristic", characteristic);
    if (period.compareTo(MIN) < 0 || period.compareTo(MAX) > 0) {
      throw new IllegalArgumentException(
          "BLE read of "
              + device
              + ": expected a period from "
              + MIN
              + " to "
              + MAX
              + ", got "
              + period);
    }
  }
}
