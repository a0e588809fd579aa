package io.medtwin.twin.keeper;

import io.medtwin.twin.state.ActiveAlert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The latest alerts of one device in this life of the gateway, oldest first. No part of any saved
 * state. Owned by one thread.
 */
final class PastAlerts {

  /** Most that are kept; the oldest is let go. */
  static final int MOST = 32;

  private final List<AlertSpan> spans = new ArrayList<>();

  /** A new life begins, with these alerts present. */
  void begin(Collection<ActiveAlert> present) {
    spans.clear();
    present.forEach(alert -> told(alert, null));
  }

  /** A word about an alert; with its end where it ends it. */
  void told(ActiveAlert alert, @Nullable Instant endedAt) {
    var last = alert.last().alert();
    var span =
        new AlertSpan(
            last.occurrence(),
            last.code(),
            alert.last().text(),
            last.priority(),
            last.kind(),
            alert.startedAt(),
            endedAt);
    for (int i = spans.size() - 1; i >= 0; i--) {
      var known = spans.get(i);
      if (known.endedAt() == null && known.occurrence().equals(span.occurrence())) {
        spans.set(i, span);
        return;
      }
    }
    if (spans.size() == MOST) {
      spans.removeFirst();
    }
    spans.add(span);
  }

  List<AlertSpan> all() {
    return List.copyOf(spans);
  }
}
