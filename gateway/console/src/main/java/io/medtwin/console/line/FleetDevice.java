package io.medtwin.console.line;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A device as its twin says.
 *
 * @param thingId its twin
 * @param device configured id, or empty
 * @param kind device class
 * @param model manufacturer and model
 * @param link {@code online}, {@code degraded}, {@code offline}, or empty
 * @param expiresAt after which that counts no more, or null
 * @param lastHeard when it was last heard, or null
 * @param profile id and version of its profile, or empty
 */
public record FleetDevice(
    String thingId,
    String device,
    String kind,
    String model,
    String link,
    @Nullable Instant expiresAt,
    @Nullable Instant lastHeard,
    String profile) {}
