package io.medtwin.twin.keeper;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What goes through a keeper, at one moment. Counts are since it started and only grow; what was
 * read back from the journal is not in them. {@code sent = stored + busy + refused + inFlight}.
 *
 * @param reports reports taken into twins
 * @param waiting reports that wait to be taken
 * @param pending reports whose effect the backend has not confirmed
 * @param oldestPending arrival of the oldest report of which something waits to be told, also where
 *     a newer one took its place meanwhile; null where nothing waits
 * @param sent commands given to the backend, merges and questions
 * @param stored commands it carried out
 * @param busy commands it had no time for, or did not answer
 * @param refused commands it refused: for good, for want of a right or a thing, or since what it
 *     has is as new
 * @param inFlight commands without an answer
 * @param window most commands in flight now
 * @param limitPerSecond most commands a second that it takes, 0 while none is known
 * @param latencies how long it takes to each stage
 */
public record Traffic(
    long reports,
    long waiting,
    long pending,
    @Nullable Instant oldestPending,
    long sent,
    long stored,
    long busy,
    long refused,
    int inFlight,
    int window,
    double limitPerSecond,
    List<Latency> latencies) {}
