package io.medtwin.console.line;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A time in which Ditto could not be reached.
 *
 * @param from last moment it was reached
 * @param to when it was reached again, or null while it lasts
 * @param drainedAt when everything that came until then was delivered, or null before
 * @param stored reports that came and were kept meanwhile
 * @param lost reports of that time that were given up
 */
public record Outage(
    Instant from, @Nullable Instant to, @Nullable Instant drainedAt, long stored, long lost) {}
