package io.medtwin.transports.ble;

import java.util.ArrayList;
import java.util.List;

/**
 * Through which bridge each device was heard last, so that a bridge that goes takes its devices
 * along and the first word of a device brings it back. Used by one thread.
 */
final class HeardDevices {

  /** Most devices remembered; the one not heard for longest is forgotten. */
  static final int LIMIT = 1_024;

  private record Heard(String gateway, boolean gone) {}

  private final Bounded<Heard> devices = new Bounded<>(LIMIT);

  /** Notes that a device was heard; what to say before it. */
  List<GattEvent> heard(GattEvent event) {
    var before = devices.put(event.device(), new Heard(event.gateway(), false));
    return before != null && before.gone() && event.kind() != GattEvent.Kind.CONNECTION
        ? List.of(GattEvent.connection(event.gateway(), event.device(), true))
        : List.of();
  }

  /** A bridge went; what to say of the devices heard last through it. */
  List<GattEvent> bridgeWent(String gateway) {
    var events = new ArrayList<GattEvent>();
    devices.replaceAll(
        (device, heard) -> {
          if (heard.gone() || !heard.gateway().equals(gateway)) {
            return heard;
          }
          events.add(GattEvent.connection(gateway, device, false));
          return new Heard(gateway, true);
        });
    return events;
  }

  /** How many devices are remembered. */
  int size() {
    return devices.size();
  }
}
