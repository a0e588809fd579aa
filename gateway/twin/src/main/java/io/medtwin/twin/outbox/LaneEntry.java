package io.medtwin.twin.outbox;

import io.medtwin.twin.backend.Patch;
import java.math.BigDecimal;
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

  /**
   * Whether a thing with these features was told it: an event or the end of an alert in any slot of
   * its ring, the beginning of one as the alert is. Whatever differs, if only by a millisecond, is
   * another word: to tell one twice is better than to lose one.
   */
  boolean isIn(Patch stored) {
    return switch (kind) {
      case EVENT -> isAnyOf(at(features, "events"), at(stored, "events"));
      case ALERT -> {
        var ended = at(at(features, "alerts"), "recent");
        yield ended.isEmpty()
            ? isSame(at(at(features, "alerts"), "active"), at(at(stored, "alerts"), "active"))
            : isAnyOf(ended, at(at(stored, "alerts"), "recent"));
      }
    };
  }

  /** The properties of a feature, or what stands under a property. */
  private static Patch at(Patch patch, String name) {
    var found = patch.members().get(name) instanceof Patch inner ? inner : Patch.EMPTY;
    return found.members().get("properties") instanceof Patch properties ? properties : found;
  }

  private static boolean isAnyOf(Patch slot, Patch ring) {
    return slot.members().values().stream()
        .anyMatch(told -> ring.members().values().stream().anyMatch(had -> isSame(told, had)));
  }

  /** Whether all that was to be told stands there; a number may be written otherwise. */
  private static boolean isSame(Object told, @Nullable Object had) {
    if (told instanceof Patch all && had instanceof Patch there) {
      return !all.isEmpty()
          && all.members().entrySet().stream()
              .allMatch(member -> isSame(member.getValue(), there.members().get(member.getKey())));
    }
    return isNumber(told) && isNumber(had)
        ? new BigDecimal(told.toString()).compareTo(new BigDecimal(String.valueOf(had))) == 0
        : told.equals(had);
  }

  private static boolean isNumber(@Nullable Object value) {
    return value instanceof Long || value instanceof BigDecimal;
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
