package io.medtwin.twin.clock;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Best estimate of when a report was true.
 *
 * @param at in whole milliseconds of the gateway's time scale; null for "on arrival" and, with
 *     {@link ClockQuality#UNKNOWN}, for "nobody can tell"
 * @param quality how it is known
 * @param uncertaintyMillis how far the truth may be from it; 0 where the arrival counts, whose
 *     delay is not measured
 * @param contradicted whether the device calls its clock synchronised, and the gateway's disagrees
 */
public record ObservedTime(
    @Nullable Instant at, ClockQuality quality, int uncertaintyMillis, boolean contradicted) {

  /** Of a report without a time of its own. */
  public static final ObservedTime ARRIVAL = new ObservedTime(null, ClockQuality.GATEWAY, 0, false);

  /** Of a report that nobody can date. */
  public static final ObservedTime UNKNOWN = new ObservedTime(null, ClockQuality.UNKNOWN, 0, false);

  /** The estimate, or the arrival where there is none. */
  public Instant or(Instant receivedAt) {
    return at == null ? receivedAt : at;
  }
}
