package io.medtwin.runtime.session;

import io.medtwin.spi.Driver;
import io.medtwin.spi.transport.Transport;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One link with its driver.
 *
 * @param name name for people: the device, or the hub
 * @param driver makes the driver of one session
 * @param transport how to reach the device or the hub
 * @param settings configured settings of the driver, as text
 * @param device the device at the end of this link; empty for a hub
 * @param behind for a hub, the configured device of each address on it, in the order in which they
 *     are told that the link is up
 */
public record SessionPlan(
    String name,
    Supplier<Driver> driver,
    Transport transport,
    Map<String, String> settings,
    Optional<String> device,
    Map<String, String> behind) {

  public SessionPlan {
    settings = Map.copyOf(settings);
    behind = Collections.unmodifiableMap(new LinkedHashMap<>(behind)); // in their order
  }

  /** The same link and driver with other settings. */
  SessionPlan with(Map<String, String> otherSettings) {
    return new SessionPlan(name, driver, transport, otherSettings, device, behind);
  }

  /** The same link with another driver. */
  SessionPlan with(Supplier<Driver> otherDriver) {
    return new SessionPlan(name, otherDriver, transport, settings, device, behind);
  }
}
