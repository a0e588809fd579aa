package io.medtwin.transports.ble;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what goes wrong on one bridge link; the first of each kind is logged. Any thread. */
final class BridgeFaults {

  private static final Logger LOG = LoggerFactory.getLogger(BleBridgeTransport.class);

  private final String link;
  private final AtomicLongArray counts = new AtomicLongArray(BridgeFault.values().length);

  BridgeFaults(String link) {
    this.link = link;
  }

  void count(BridgeFault fault) {
    if (counts.getAndIncrement(fault.ordinal()) == 0) {
      LOG.warn("{}: {}; further ones are only counted", link, fault.text());
    }
  }

  Map<BridgeFault, Long> snapshot() {
    var copy = new EnumMap<BridgeFault, Long>(BridgeFault.class);
    for (var fault : BridgeFault.values()) {
      copy.put(fault, counts.get(fault.ordinal()));
    }
    return Map.copyOf(copy);
  }
}
