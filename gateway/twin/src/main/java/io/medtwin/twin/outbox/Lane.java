package io.medtwin.twin.outbox;

import io.medtwin.twin.backend.Patch;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Alerts and events that wait, in order. One merge takes as many of them as do not touch the same
 * place, so that each leaves its own trace and a backlog drains quickly. Owned by one thread.
 */
final class Lane {

  /** Most that wait for one device; a further one is given up and counted as expired. */
  static final int LIMIT = 1_000;

  /** Most in one merge, so that it stays well below the size a server takes. */
  private static final int AT_ONCE = 8;

  private final Deque<LaneEntry> waiting = new ArrayDeque<>();
  private int alerts;

  /** Adds one at the end, or says no. */
  boolean offer(LaneEntry entry) {
    if (waiting.size() >= LIMIT) {
      return false;
    }
    waiting.add(entry);
    alerts += isAlert(entry);
    return true;
  }

  /** Takes the next ones for one merge. */
  List<LaneEntry> take() {
    var taken = new ArrayList<LaneEntry>();
    var places = new HashSet<String>();
    while (!waiting.isEmpty() && taken.size() < AT_ONCE) {
      var next = waiting.getFirst();
      var touched = next.places();
      if (touched.stream().anyMatch(places::contains)) {
        break;
      }
      places.addAll(touched);
      taken.add(takeFirst());
    }
    return taken;
  }

  private LaneEntry takeFirst() {
    var first = waiting.removeFirst();
    alerts -= isAlert(first);
    return first;
  }

  /** Puts back what was not taken by the backend, in front. */
  void putBack(List<LaneEntry> entries) {
    for (LaneEntry entry : entries.reversed()) {
      waiting.addFirst(entry);
      alerts += isAlert(entry);
    }
  }

  /** How many in front a thing with these features was told, up to the last that it has. */
  int knownTo(Patch features) {
    int known = 0;
    int at = 0;
    for (LaneEntry entry : waiting) {
      at++;
      known = entry.isIn(features) ? at : known;
    }
    return known;
  }

  /** Takes so many from the front. */
  List<LaneEntry> take(int count) {
    var taken = new ArrayList<LaneEntry>();
    while (taken.size() < count && !waiting.isEmpty()) {
      taken.add(takeFirst());
    }
    return taken;
  }

  /** Gives up all. */
  void clear() {
    waiting.clear();
    alerts = 0;
  }

  /** Arrival of the oldest that waits, or null. */
  @Nullable Instant oldest() {
    var first = waiting.peekFirst();
    return first == null ? null : first.at();
  }

  int size() {
    return waiting.size();
  }

  int alerts() {
    return alerts;
  }

  int events() {
    return waiting.size() - alerts;
  }

  /** All, in order. */
  List<LaneEntry> entries() {
    return List.copyOf(waiting);
  }

  static int alertsIn(List<LaneEntry> entries) {
    return entries.stream().mapToInt(Lane::isAlert).sum();
  }

  /** Adds what entries tell to members of {@code features}; where two tell the same, the last. */
  static void addTo(Map<String, Object> features, List<LaneEntry> entries) {
    for (LaneEntry entry : entries) {
      entry
          .features()
          .members()
          .forEach((name, content) -> features.merge(name, content, Lane::together));
    }
  }

  private static Object together(Object before, Object after) {
    if (!(before instanceof Patch a) || !(after instanceof Patch b)) {
      return after;
    }
    var members = new LinkedHashMap<>(a.members());
    b.members().forEach((name, content) -> members.merge(name, content, Lane::together));
    return new Patch(members);
  }

  private static int isAlert(LaneEntry entry) {
    return entry.kind() == LaneEntry.Kind.ALERT ? 1 : 0;
  }
}
