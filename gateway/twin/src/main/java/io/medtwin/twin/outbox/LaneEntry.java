package io.medtwin.twin.outbox;

import io.medtwin.twin.backend.Patch;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One alert or event on its way, ahead of state and never coalesced.
 *
 * @param kind which
 * @param features members of {@code features} that tell it
 * @param at arrival; null where an older gateway saved it
 */
record LaneEntry(Kind kind, Patch features, @Nullable Instant at) {

  enum Kind {
    ALERT,
    EVENT
  }

  /** Members that only this occurrence may set in one merge: its own entry and its ring slot. */
  Set<String> places() {
    var places = new HashSet<String>();
    features.members().forEach((feature, content) -> add(places, feature, content));
    return places;
  }

  private static void add(Set<String> places, String feature, Object content) {
    if (!(content instanceof Patch properties)
        || !(properties.members().get("properties") instanceof Patch members)) {
      return;
    }
    for (Map.Entry<String, Object> member : members.members().entrySet()) {
      if (!(member.getValue() instanceof Patch inner)) {
        continue; // highest and count: the last word counts
      }
      if (feature.equals("events")) {
        places.add(member.getKey());
      } else {
        inner.members().keySet().forEach(key -> places.add(member.getKey() + "/" + key));
      }
    }
  }
}
