package io.medtwin.twin.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A time in which the backend could not be reached.
 *
 * @param from last moment it was reached; the start, where it never was
 * @param to when it was reached again, or null while it lasts
 * @param drainedAt when everything that came until then was settled, or null before
 * @param stored reports that came meanwhile
 * @param lost reports that were given up between its beginning and its drain
 */
public record Outage(
    Instant from, @Nullable Instant to, @Nullable Instant drainedAt, long stored, long lost) {}
