package io.medtwin.runtime.session;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Devices that were heard behind a hub but that nobody configured. They never become a twin by
 * themselves. Safe for any thread; at most {@link #LIMIT} are listed, further ones are only
 * counted.
 */
public final class Unclaimed {

  /** Most devices listed. */
  public static final int LIMIT = 256;

  private final ConcurrentHashMap<String, Sighting> sightings = new ConcurrentHashMap<>();
  private final LongAdder beyond = new LongAdder();

  /**
   * One device heard.
   *
   * @param hub session it was heard by
   * @param address its own id there
   * @param firstHeard when first
   * @param lastHeard when last
   * @param reports how much it said
   */
  public record Sighting(
      String hub, String address, Instant firstHeard, Instant lastHeard, long reports) {}

  /** Notes one report; true the first time a device is heard. */
  boolean heard(String hub, String address, Instant now) {
    var key = hub + " " + address;
    if (!sightings.containsKey(key) && sightings.size() >= LIMIT) {
      beyond.increment();
      return false;
    }
    var sighting =
        sightings.merge(
            key,
            new Sighting(hub, address, now, now, 1),
            (old, one) -> new Sighting(hub, address, old.firstHeard(), now, old.reports() + 1));
    return sighting.reports() == 1;
  }

  /** All listed devices, by hub and address. */
  public List<Sighting> list() {
    return sightings.values().stream()
        .sorted(Comparator.comparing(Sighting::hub).thenComparing(Sighting::address))
        .toList();
  }

  /** Reports of devices beyond the limit. */
  public long beyondLimit() {
    return beyond.sum();
  }
}
