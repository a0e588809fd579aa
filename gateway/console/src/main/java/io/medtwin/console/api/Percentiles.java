package io.medtwin.console.api;

import io.medtwin.console.line.Flow.Latency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Times to a stage, in milliseconds, straight lines within a bucket; of the last bucket, which is
 * open, its lower bound. Null where nothing came.
 *
 * @param stage which
 * @param p50 half came within
 * @param p95 95 of 100 came within
 * @param p99 99 of 100 came within
 * @param count how many came
 */
public record Percentiles(
    String stage, @Nullable Double p50, @Nullable Double p95, @Nullable Double p99, long count) {

  /** Of what came between two looks. */
  static Percentiles between(@Nullable Latency before, Latency now) {
    boolean comparable = before != null && before.counts().size() == now.counts().size();
    var counts = new long[now.counts().size()];
    long total = 0;
    for (int i = 0; i < counts.length; i++) {
      long then = comparable && before != null ? before.counts().get(i) : 0;
      counts[i] = Math.max(0, now.counts().get(i) - then);
      total += counts[i];
    }
    var bounds = now.boundsMillis();
    return new Percentiles(
        now.stage(),
        at(0.50, bounds, counts, total),
        at(0.95, bounds, counts, total),
        at(0.99, bounds, counts, total),
        total);
  }

  private static @Nullable Double at(double part, List<Long> bounds, long[] counts, long total) {
    if (total == 0) {
      return null;
    }
    double rank = part * total;
    double seen = 0;
    for (int i = 0; i < counts.length; i++) {
      double low = i == 0 ? 0 : bounds.get(i - 1);
      if (seen + counts[i] >= rank && counts[i] > 0) {
        double high = i < bounds.size() ? bounds.get(i) : low;
        return low + (high - low) * (rank - seen) / counts[i];
      }
      seen += counts[i];
    }
    return bounds.isEmpty() ? null : (double) bounds.getLast();
  }
}
