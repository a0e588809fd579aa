package io.medtwin.runtime.session;

import io.medtwin.journal.UnclaimedDevice;
import io.medtwin.spi.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Devices that were heard behind a hub but that nobody configured. They never become a twin by
 * themselves. Safe for any thread; at most {@link #LIMIT} are listed. A new one then takes the
 * place of the one heard longest ago, if that has been silent for {@link #FORGOTTEN}; else it is
 * only counted. So addresses that change all the time do not fill the list for good.
 */
public final class Unclaimed {

  /** Most devices listed. */
  public static final int LIMIT = 256;

  /** A device that was not heard for so long may make room for another. */
  static final Duration FORGOTTEN = Duration.ofMinutes(10);

  /** Longest address listed. */
  private static final int MOST_CHARS = 128;

  private final Map<Key, UnclaimedDevice> devices = new HashMap<>();
  private final Set<Key> changed = new LinkedHashSet<>();
  private final Map<Key, UnclaimedDevice> gone = new LinkedHashMap<>();
  private long beyond;

  private record Key(String hub, String address) {}

  /**
   * What is to be kept.
   *
   * @param newer devices that said something since the last time
   * @param gone devices that are no longer listed
   */
  record News(List<UnclaimedDevice> newer, List<UnclaimedDevice> gone) {
    boolean isEmpty() {
      return newer.isEmpty() && gone.isEmpty();
    }
  }

  /** Lists what an earlier life of the gateway kept; everything in it counts as kept. */
  synchronized void restore(Collection<UnclaimedDevice> kept) {
    for (UnclaimedDevice device : kept) {
      if (devices.size() < LIMIT) {
        devices.put(new Key(device.hub(), device.address()), device);
      }
    }
  }

  /** Notes one report; true the first time a device is heard. */
  synchronized boolean heard(
      String hub, String driver, String address, Report report, Instant now) {
    var key = new Key(hub, address);
    var known = devices.get(key);
    if (known == null && (address.length() > MOST_CHARS || !hasRoom(now))) {
      beyond++;
      return false;
    }
    var before = known == null ? UnclaimedDevice.unheard(hub, address, driver, now) : known;
    devices.put(key, before.with(report, now));
    changed.add(key);
    gone.remove(key);
    return known == null;
  }

  private boolean hasRoom(Instant now) {
    if (devices.size() < LIMIT) {
      return true;
    }
    var oldest =
        devices.values().stream()
            .min(Comparator.comparing(UnclaimedDevice::lastHeard))
            .orElseThrow();
    if (oldest.lastHeard().isAfter(now.minus(FORGOTTEN))) {
      return false;
    }
    remove(oldest.hub(), oldest.address());
    return true;
  }

  /** Takes a device off the list: somebody configured it. */
  synchronized void remove(String hub, String address) {
    var key = new Key(hub, address);
    var device = devices.remove(key);
    if (device != null) {
      changed.remove(key);
      gone.put(key, device);
    }
  }

  /** What changed since the last call. */
  synchronized News news() {
    var newer = new ArrayList<UnclaimedDevice>();
    for (Key key : changed) {
      var device = devices.get(key);
      if (device != null) {
        newer.add(device);
      }
    }
    var news = new News(newer, List.copyOf(gone.values()));
    changed.clear();
    gone.clear();
    return news;
  }

  /** All listed devices, by hub and address. */
  public synchronized List<UnclaimedDevice> list() {
    return devices.values().stream()
        .sorted(Comparator.comparing(UnclaimedDevice::hub).thenComparing(UnclaimedDevice::address))
        .toList();
  }

  /** Reports of devices beyond the limit. */
  public synchronized long beyondLimit() {
    return beyond;
  }
}
