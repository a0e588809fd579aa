package io.medtwin.console.line;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A gateway as its twin says.
 *
 * @param id its id
 * @param site its site
 * @param thingId its twin
 * @param version its version, or empty
 * @param lastWord when it last said anything, or null
 * @param expiresAt after which its word counts no more, or null
 * @param health {@code ok}, {@code degraded}, {@code failing}, or empty where it does not say
 * @param devices configured devices
 * @param live devices with all lamps on
 * @param pending reports not delivered yet
 * @param oldestPendingSeconds age of the oldest of them
 * @param lost reports given up
 * @param diskFullDays days until the disk is full at the present pace, or null where it does not
 *     fill
 * @param certificateDays days until the first certificate expires, or null where there is none
 * @param profiles versions of profiles in force, by id
 * @param drivers versions of drivers, by id
 */
public record FleetGateway(
    String id,
    String site,
    String thingId,
    String version,
    @Nullable Instant lastWord,
    @Nullable Instant expiresAt,
    String health,
    long devices,
    long live,
    long pending,
    long oldestPendingSeconds,
    long lost,
    @Nullable Double diskFullDays,
    @Nullable Double certificateDays,
    Map<String, String> profiles,
    Map<String, String> drivers) {}
