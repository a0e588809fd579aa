package io.medtwin.transports.coap;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what is turned away; its size does not depend on what comes. Used by any thread. */
final class Faults {

  private static final Logger LOG = LoggerFactory.getLogger(CoapServerHub.class);

  private final EnumMap<CoapFault, LongAdder> counts = new EnumMap<>(CoapFault.class);
  private final EnumMap<CoapFault, AtomicBoolean> told = new EnumMap<>(CoapFault.class);

  Faults() {
    for (var fault : CoapFault.values()) {
      counts.put(fault, new LongAdder());
      told.put(fault, new AtomicBoolean());
    }
  }

  /** Counts one; the first of its kind is logged, without path, identity or content. */
  void count(CoapFault fault) {
    require(counts, fault).increment();
    if (!require(told, fault).getAndSet(true)) {
      LOG.warn("CoAP hub: {}; further ones are only counted", fault.text());
    }
  }

  /** How often each kind happened. */
  Map<CoapFault, Long> snapshot() {
    var copy = new EnumMap<CoapFault, Long>(CoapFault.class);
    counts.forEach((fault, count) -> copy.put(fault, count.sum()));
    return Map.copyOf(copy);
  }

  private static <V> V require(EnumMap<CoapFault, V> map, CoapFault fault) {
    var value = map.get(fault);
    if (value == null) {
      throw new IllegalStateException("no entry for " + fault);
    }
    return value;
  }
}
