package io.medtwin.transports.ble;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map that forgets the entry not used for longest once it is full.
 *
 * @param <V> what is kept for each device
 */
final class Bounded<V> extends LinkedHashMap<String, V> {

  private static final long serialVersionUID = 1L;

  private final int limit;

  Bounded(int limit) {
    super(16, 0.75f, true);
    this.limit = limit;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
    return size() > limit;
  }
}
