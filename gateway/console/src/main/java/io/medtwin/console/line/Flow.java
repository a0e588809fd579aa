package io.medtwin.console.line;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What flows where at one moment. Counts are since the gateway started and only grow; rates are
 * made of two of these.
 *
 * @param at when
 * @param links each link
 * @param journal the journal
 * @param keeper the owner of twins
 * @param backend the way to Ditto
 * @param latencies how long it takes from arrival to each stage
 */
public record Flow(
    Instant at,
    List<Link> links,
    Store journal,
    Owner keeper,
    Way backend,
    List<Latency> latencies) {

  /**
   * A link.
   *
   * @param name of its session
   * @param transport where it is
   * @param driver id of its driver
   * @param state {@code waiting}, {@code opening}, {@code running}, {@code backing-off}, {@code
   *     quarantined}, {@code stopped}
   * @param why what went wrong, or empty
   * @param devices configured devices on it
   * @param reports what its driver emitted
   * @param discards how often something was discarded
   * @param discardedBytes how many bytes that was
   * @param refusals messages refused
   * @param repetitions messages sent again, not taken again
   */
  public record Link(
      String name,
      String transport,
      String driver,
      String state,
      String why,
      List<String> devices,
      long reports,
      long discards,
      long discardedBytes,
      long refusals,
      long repetitions) {}

  /**
   * The journal.
   *
   * @param reports written
   * @param commits that wrote them
   * @param waiting reports that wait to be written
   * @param bytes on disk
   * @param maxBytes quota
   */
  public record Store(long reports, long commits, long waiting, long bytes, long maxBytes) {}

  /**
   * The owner of twins.
   *
   * @param reports taken into twins
   * @param waiting reports that wait for it
   * @param pending reports whose effect the backend has not confirmed
   */
  public record Owner(long reports, long waiting, long pending) {}

  /**
   * The way to Ditto.
   *
   * @param sent commands submitted
   * @param stored commands confirmed
   * @param busy commands put back: 429, 503, no answer
   * @param refused commands refused for good
   * @param inFlight commands without an answer
   * @param window most commands in flight now
   * @param limitPerSecond most commands a second that the backend takes, 0 while none is known
   * @param oldestPending arrival of the oldest report that is not confirmed, or null
   */
  public record Way(
      long sent,
      long stored,
      long busy,
      long refused,
      int inFlight,
      int window,
      double limitPerSecond,
      @Nullable Instant oldestPending) {}

  /**
   * Times to a stage, from arrival; {@code reading} is the time up to there.
   *
   * @param stage {@code reading}, {@code durable}, {@code sent}, {@code acknowledged}, {@code
   *     alert-acknowledged}
   * @param boundsMillis upper bounds of the buckets, the last one open
   * @param counts how many fell into each bucket: one more than bounds
   * @param sumMillis all times together
   */
  public record Latency(
      String stage, List<Long> boundsMillis, List<Long> counts, double sumMillis) {}
}
