package io.medtwin.twin.clock;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a device's clock.
 *
 * @param quality of the times it gives now
 * @param offsetMillis device's clock minus the gateway's; of a wall clock without a known zone it
 *     holds the zone, too. Null where there is nothing to compare: no time, or a counter
 * @param uncertaintyMillis how far a mapped time may be from the truth
 * @param anchoredAt gateway's time of the anchor pair in use, or null
 * @param timeline counts the timelines of the device's clock from 1; 0 where it has no clock
 * @param driftPpm how much faster than the gateway's it runs, in millionths, or null while that is
 *     not known to {@link Timeline#DRIFT_UNCERTAINTY_PPM}
 * @param asOf when this was so, by the gateway's clock
 */
public record ClockStatus(
    ClockQuality quality,
    @Nullable Long offsetMillis,
    long uncertaintyMillis,
    @Nullable Instant anchoredAt,
    int timeline,
    @Nullable Long driftPpm,
    Instant asOf) {

  /** An offset is told anew at most this often. */
  static final Duration OFFSET_PERIOD = Duration.ofSeconds(60);

  /** An anchor is told anew at least this often, while there is a newer one. */
  static final Duration ANCHOR_PERIOD = Duration.ofHours(1);

  /** An offset that moved by less than this, or less than its uncertainty, is not told anew. */
  static final long OFFSET_DEADBAND_MILLIS = 250;

  /** Whether a reader must know of it at once: another quality or another timeline. */
  public boolean differsInKind(ClockStatus told) {
    return quality != told.quality || timeline != told.timeline;
  }
}
