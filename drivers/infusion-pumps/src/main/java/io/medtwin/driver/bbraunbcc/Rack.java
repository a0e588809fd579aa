package io.medtwin.driver.bbraunbcc;

import io.medtwin.spi.DeviceException;
import io.medtwin.spi.Identity;
import io.medtwin.spi.Report;
import io.medtwin.spi.Session;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The ComDevice and the slots of its pillars, of which there are 72: takes blocks, and tells the
 * session of each device what they say. Used by one thread.
 */
final class Rack {

  private static final String CONTENT = "content";
  private static final String PERSONAL = "kept out: may tell of a person";

  private final Session session;
  private final BitField bitField;
  private final BccReadings readings;
  private final Map<String, PumpState> states = new TreeMap<>();
  private final Set<String> named = new HashSet<>();
  private @Nullable String firstPump;

  Rack(Session session, BitField bitField) {
    this.session = session;
    this.bitField = bitField;
    this.readings = new BccReadings(bitField);
  }

  /** The ComDevice told its version. */
  void speaks(String version) throws IOException, InterruptedException {
    tell(Quadruple.SYSTEM, List.of(Identity.of(Identity.Attribute.PROTOCOL, version)));
  }

  /**
   * Takes one block.
   *
   * @throws DeviceException the link was configured for one device, and more than one is there
   */
  void take(BccFrame block) throws IOException, InterruptedException {
    var all = block.quadruples();
    int unreadable = block.unreadable(all);
    if (unreadable > 0) {
      session.discard(CONTENT, unreadable);
    }
    var byAddress =
        all.stream()
            .collect(
                Collectors.groupingBy(Quadruple::address, LinkedHashMap::new, Collectors.toList()));
    for (var told : byAddress.entrySet()) {
      var address = told.getKey();
      countPersonal(address, told.getValue());
      var step = state(address).with(told.getValue(), readings, bitField);
      states.put(address, step.next());
      named.add(address);
      tell(address, step.reports());
    }
  }

  /** A round begins: from now on it counts which pumps are named. */
  void begin() {
    named.clear();
  }

  /**
   * A round was told to its end: who was not named twice is gone.
   *
   * @param slot address that the round was about; null for the whole rack
   */
  void end(@Nullable String slot) throws IOException, InterruptedException {
    for (var address : List.copyOf(states.keySet())) {
      boolean isAsked = slot == null || slot.equals(address);
      if (isAsked && !named.contains(address)) {
        var step = state(address).missed();
        states.put(address, step.next());
        tell(address, step.reports());
      }
    }
    named.clear();
  }

  private PumpState state(String address) {
    return states.getOrDefault(address, PumpState.unknown(!address.equals(Quadruple.SYSTEM)));
  }

  private void countPersonal(String address, List<Quadruple> told) {
    int bytes =
        told.stream()
            .filter(q -> Parameter.maybePersonal(q.parameter()) && !BccReadings.isAbsent(q.value()))
            .mapToInt(q -> q.value().length())
            .sum();
    if (bytes > 0) {
      session.device(address).discard(PERSONAL, bytes);
    }
  }

  private void tell(String address, List<? extends Report> reports)
      throws IOException, InterruptedException {
    var device = session.device(address);
    if (device == session && !address.equals(Quadruple.SYSTEM)) {
      requireOnly(address);
    }
    for (var report : reports) {
      device.emit(report);
    }
  }

  /** Two pumps must never be told as one. */
  private void requireOnly(String pump) throws DeviceException {
    firstPump = firstPump == null ? pump : firstPump;
    if (!firstPump.equals(pump)) {
      throw new DeviceException(
          "expected one pump on a link of its own, got "
              + firstPump
              + " and "
              + pump
              + "; name this link under links, or set slot");
    }
  }
}
