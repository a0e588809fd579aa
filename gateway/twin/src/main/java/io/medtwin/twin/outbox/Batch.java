package io.medtwin.twin.outbox;

import io.medtwin.twin.state.Property;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one command tells, until it is known what became of it.
 *
 * @param seq write counter, 0 for a question
 * @param marks what state it tells
 * @param told the properties it tells, by index of the metric
 * @param lane alerts and events it tells
 */
record Batch(long seq, Marks marks, @Nullable Property[] told, List<LaneEntry> lane) {

  static final Batch QUESTION = new Batch(0, new Marks(), new Property[0], List.of());

  /** Arrival of the oldest report that it tells, or null where it tells none. */
  @Nullable Instant oldest() {
    var oldest = marks.oldest();
    for (LaneEntry entry : lane) {
      oldest = earlier(oldest, entry.at());
    }
    return oldest;
  }

  static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
    if (a == null) {
      return b;
    }
    return b == null || a.isBefore(b) ? a : b;
  }

  /** Arrivals of the alerts that it tells. */
  List<Instant> alerts() {
    var arrivals = new ArrayList<Instant>();
    for (LaneEntry entry : lane) {
      if (entry.kind() == LaneEntry.Kind.ALERT && entry.at() != null) {
        arrivals.add(entry.at());
      }
    }
    return arrivals;
  }

  boolean isQuestion() {
    return seq == 0;
  }
}
