package io.medtwin.transports.ble;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link BleBridgeTransport} makes of its carrier's messages.
 *
 * @param dialect make of the bridges
 * @param device Bluetooth address of the only device of this link, or null for all devices behind
 *     the bridges
 * @param handles for Cassia: Bluetooth address to (handle to characteristic UUID), where the
 *     device's model is known; what is missing is discovered. A handle means something for one
 *     model and firmware only, so it is never configured for "all devices"
 * @param reads for OpenMQTTGateway: reads to ask for, at most 256
 */
public record BleBridgeConfig(
    BridgeDialect dialect,
    @Nullable String device,
    Map<String, Map<Integer, String>> handles,
    List<ReadPoll> reads) {

  private static final int MAX_READS = 256;

  public BleBridgeConfig {
    device = device == null ? null : BleAddress.require("BLE device", device);
    var canonical = new HashMap<String, Map<Integer, String>>();
    handles.forEach(
        (address, map) -> {
          var uuids = new HashMap<Integer, String>();
          map.forEach(
              (handle, uuid) -> {
                if (handle < 1 || handle > 0xFFFF) {
                  throw new IllegalArgumentException(
                      "BLE handle of " + address + ": expected 1 to 65535, got " + handle);
                }
                uuids.put(handle, GattUuid.require("BLE handle " + handle, uuid));
              });
          canonical.put(BleAddress.require("BLE handles", address), Map.copyOf(uuids));
        });
    handles = Map.copyOf(canonical);
    reads = List.copyOf(reads);
    switch (dialect) {
      case CassiaMqtt() -> {
        if (!reads.isEmpty()) {
          throw new IllegalArgumentException("BLE reads: only OpenMQTTGateway is asked to read");
        }
      }
      case OpenMqtt(String base) -> {
        if (!handles.isEmpty()) {
          throw new IllegalArgumentException(
              "BLE handles: bridges under " + base + "/ name characteristics, not handles");
        }
      }
    }
    if (reads.size() > MAX_READS) {
      throw new IllegalArgumentException(
          "BLE reads: expected at most " + MAX_READS + ", got " + reads.size());
    }
    for (var read : reads) {
      if (device != null && !device.equals(read.device())) {
        throw new IllegalArgumentException(
            "BLE read of "
                + read.device()
                + " on the link of "
                + device
                + ": its answer would be"
                + " dropped");
      }
    }
  }

  /** All devices behind bridges of a dialect, without anything further. */
  public static BleBridgeConfig hub(BridgeDialect dialect) {
    return new BleBridgeConfig(dialect, null, Map.of(), List.of());
  }
}
