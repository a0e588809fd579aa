package io.medtwin.twin.keeper;

import java.util.List;

/**
 * Times to a stage, of this life of the gateway: from arrival, but for {@link Stage#READING}.
 *
 * @param stage which
 * @param counts how many fell into each bucket of {@link #BOUNDS_MILLIS}, and above the last of
 *     them
 * @param sumMillis all times together
 */
public record Latency(Stage stage, List<Long> counts, long sumMillis) {

  /** Upper bounds of the buckets, included, in milliseconds. */
  public static final List<Long> BOUNDS_MILLIS =
      List.of(
          1L,
          2L,
          5L,
          10L,
          25L,
          50L,
          100L,
          250L,
          500L,
          1_000L,
          2_500L,
          5_000L,
          10_000L,
          60_000L,
          600_000L,
          3_600_000L,
          86_400_000L);

  private static final long[] BOUNDS = BOUNDS_MILLIS.stream().mapToLong(Long::longValue).toArray();

  /** Which bucket holds a time. */
  public static int bucket(long millis) {
    int bucket = 0;
    while (bucket < BOUNDS.length && millis > BOUNDS[bucket]) {
      bucket++;
    }
    return bucket;
  }

  /** How far something came. */
  public enum Stage {
    /**
     * Each report, when the journal hands it on: it is on disk then, unless the disk fails and it
     * goes on from memory.
     */
    DURABLE("durable"),
    /**
     * Each merge, when it is submitted, by the oldest report that it stands for; one that is sent
     * again counts again.
     */
    SENT("sent"),
    /** Each merge, when it is known to be stored, by the oldest report that it stands for. */
    ACKNOWLEDGED("acknowledged"),
    /** Each word about an alert, when the merge that told it is known to be stored. */
    ALERT_ACKNOWLEDGED("alert-acknowledged"),
    /**
     * Each report, when its driver tells it, which is its arrival: from the last octets or the
     * message that the link gave the driver. What a driver tells without any, such as a silence, is
     * not counted; what waited in a socket or at a broker is not seen. The sessions count it.
     */
    READING("reading");

    private final String word;

    Stage(String word) {
      this.word = word;
    }

    /** For machines. */
    public String word() {
      return word;
    }
  }
}
