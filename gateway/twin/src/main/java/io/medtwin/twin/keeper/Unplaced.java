package io.medtwin.twin.keeper;

import io.medtwin.twin.backend.Patch;
import io.medtwin.twin.snapshot.Fields;
import io.medtwin.twin.state.Twin;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How often each parameter without a place in the profile was said; as many names as the twin keeps
 * values of. Owned by one thread.
 */
final class Unplaced {

  private final Map<String, Long> counts = new LinkedHashMap<>();

  /** It was said once more. */
  void heard(String parameter) {
    if (counts.containsKey(parameter) || counts.size() < Twin.MAX_UNMAPPED) {
      counts.merge(parameter, 1L, Long::sum);
    }
  }

  /** By parameter. */
  Map<String, Long> counts() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(counts));
  }

  /** As members of a saved state. */
  Patch save() {
    var fields = new Fields();
    counts.forEach(fields::put);
    return fields.patch();
  }

  /** Takes up what was saved of those parameters that have no place still. */
  void restore(Fields saved, Set<String> unmapped) {
    counts.clear();
    for (String parameter : saved.patch().members().keySet()) {
      if (unmapped.contains(parameter)) {
        counts.put(parameter, saved.number(parameter));
      }
    }
  }
}
