package io.medtwin.driver.internal.device;

import io.medtwin.spi.Identity;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What each device told of itself so far: a sensor tells maker, model and serial number one by one,
 * and an identity is only worth emitting when it grew or changed.
 */
public final class KnownIdentities {

  /** Most devices that are remembered; the one unheard for longest is forgotten. */
  public static final int MAX_DEVICES = 1024;

  private final Map<String, Identity> byDevice =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Identity> eldest) {
          return size() > MAX_DEVICES;
        }
      };

  /** All that is known of a device now, or empty if nothing of it is new. */
  public Optional<Identity> learn(String device, Identity told) {
    var known = byDevice.get(device);
    var now = known;
    for (var fact : told.attributes().entrySet()) {
      now =
          now == null
              ? Identity.of(fact.getKey(), fact.getValue())
              : now.with(fact.getKey(), fact.getValue());
    }
    if (now == null || now.equals(known)) {
      return Optional.empty();
    }
    byDevice.put(device, now);
    return Optional.of(now);
  }
}
