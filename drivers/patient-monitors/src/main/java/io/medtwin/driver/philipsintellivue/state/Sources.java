package io.medtwin.driver.philipsintellivue.state;

import io.medtwin.driver.philipsintellivue.wire.Observation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which objects say which name. A monitor may have two of a kind; the second one's name ends in
 * {@code -2}, in the order of their handles.
 *
 * @param byName objects by the name without an ending
 */
record Sources(Map<String, List<Source>> byName) {

  /** Most objects of one name. */
  static final int MOST = 8;

  /** Most names that are remembered. */
  static final int MOST_NAMES = 1024;

  /** An object of the monitor. */
  record Source(int context, int handle) {
    static Source of(Observation observation) {
      return new Source(observation.context(), observation.handle());
    }
  }

  Sources {
    byName = Map.copyOf(byName);
  }

  /** Observations by context and handle. */
  static List<Observation> inOrder(List<Observation> observations) {
    return observations.stream()
        .sorted(Comparator.comparingInt(Observation::context).thenComparingInt(Observation::handle))
        .toList();
  }

  static Sources none() {
    return new Sources(Map.of());
  }

  /** The same, knowing that this object says this name; at most {@value #MOST} do. */
  Sources with(String name, Source source) {
    var known = byName.getOrDefault(name, List.of());
    boolean isFull = known.isEmpty() && byName.size() >= MOST_NAMES;
    if (known.contains(source) || known.size() == MOST || isFull) {
      return this;
    }
    var more = new ArrayList<>(known);
    more.add(source);
    var all = new HashMap<>(byName);
    all.put(name, List.copyOf(more));
    return new Sources(all);
  }

  /** Whether this object is known to say this name. */
  boolean has(String name, Source source) {
    return byName.getOrDefault(name, List.of()).contains(source);
  }

  /** What this object calls it; one ending for all beyond the limit. */
  String name(String name, Source source) {
    int index = byName.getOrDefault(name, List.of()).indexOf(source);
    return index == 0 ? name : name + "-" + (index < 0 ? MOST + 1 : index + 1);
  }
}
