package io.medtwin.twin.outbox;

import io.medtwin.twin.state.Property;
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

  boolean isQuestion() {
    return seq == 0;
  }
}
