package io.medtwin.benchmarks.storage;

import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * What appending to a store cost.
 *
 * @param rows appended
 * @param nanos taken
 * @param commits time of each commit in nanoseconds; paced runs count from when the commit was due
 */
record Appending(long rows, long nanos, Histogram commits) {

  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(2);

  /** Appends batches, as fast as it goes, until the time is over or the rows are there. */
  static Appending flatOut(Store store, int batch, long nanosMax, long rowsMax) throws Exception {
    return run(store, batch, nanosMax, rowsMax, 0);
  }

  /** Appends a batch each interval, open loop: a late commit makes the following ones late, too. */
  static Appending paced(Store store, int batch, long nanosMax, long intervalNanos)
      throws Exception {
    return run(store, batch, nanosMax, Long.MAX_VALUE, intervalNanos);
  }

  private static Appending run(
      Store store, int batch, long nanosMax, long rowsMax, long intervalNanos) throws Exception {
    var commits = new Histogram(1_000, LONGEST_NANOS, 3);
    long first = store.last();
    long position = first;
    long start = System.nanoTime();
    long due = start;
    while (System.nanoTime() - start < nanosMax && position - first < rowsMax) {
      var rows = new ArrayList<Row>(batch);
      for (int i = 0; i < batch; i++) {
        rows.add(Row.at(++position));
      }
      long from;
      if (intervalNanos > 0) {
        due += intervalNanos;
        for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
          LockSupport.parkNanos(wait);
        }
        from = due;
      } else {
        from = System.nanoTime();
      }
      store.commit(rows);
      commits.recordValue(Math.min(LONGEST_NANOS, System.nanoTime() - from));
    }
    return new Appending(position - first, System.nanoTime() - start, commits);
  }

  double rowsPerSecond() {
    return rows * 1e9 / nanos;
  }
}
