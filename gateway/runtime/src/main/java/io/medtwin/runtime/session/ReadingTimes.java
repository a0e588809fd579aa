package io.medtwin.runtime.session;

import io.medtwin.twin.keeper.Latency;
import io.medtwin.twin.keeper.Latency.Stage;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/**
 * How long drivers took from what their links gave them last to what they told. Adding costs no
 * object and no lock. Any thread.
 */
final class ReadingTimes {

  private static final long NANOS_A_MILLI = 1_000_000;

  private final LongAdder[] counts = new LongAdder[Latency.BOUNDS_MILLIS.size() + 1];
  private final LongAdder sum = new LongAdder();

  ReadingTimes() {
    Arrays.setAll(counts, bucket -> new LongAdder());
  }

  /** One report; below 0 where a clock of a test was set back, which is not counted. */
  void add(long nanos) {
    if (nanos < 0) {
      return;
    }
    counts[Latency.bucket(Math.ceilDiv(nanos, NANOS_A_MILLI))].increment();
    sum.add(nanos);
  }

  /** As of now. */
  Latency latency() {
    var all = Arrays.stream(counts).map(LongAdder::sum).toList();
    return new Latency(Stage.READING, all, sum.sum() / NANOS_A_MILLI);
  }
}
