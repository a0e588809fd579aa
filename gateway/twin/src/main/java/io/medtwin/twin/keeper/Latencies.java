package io.medtwin.twin.keeper;

import io.medtwin.twin.keeper.Latency.Stage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Histograms of how long things take. Adding costs no object. A time below 0, since somebody set
 * the clock back, is not counted. Owned by one thread.
 */
final class Latencies {

  private static final Set<Stage> COUNTED = EnumSet.range(Stage.DURABLE, Stage.ALERT_ACKNOWLEDGED);

  private final long[][] counts = new long[Stage.values().length][Latency.BOUNDS_MILLIS.size() + 1];
  private final long[] sums = new long[Stage.values().length];

  /** Something came so far. */
  void add(Stage stage, long millis) {
    if (millis < 0) {
      return;
    }
    counts[stage.ordinal()][Latency.bucket(millis)]++;
    sums[stage.ordinal()] += millis;
  }

  /** As of now. */
  List<Latency> all() {
    var all = new ArrayList<Latency>();
    for (Stage stage : COUNTED) {
      var of = Arrays.stream(counts[stage.ordinal()]).boxed().toList();
      all.add(new Latency(stage, of, sums[stage.ordinal()]));
    }
    return List.copyOf(all);
  }
}
