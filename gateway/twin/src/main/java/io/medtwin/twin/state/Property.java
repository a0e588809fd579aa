package io.medtwin.twin.state;

import io.medtwin.spi.Reading.Flag;
import io.medtwin.twin.clock.ClockQuality;
import io.medtwin.twin.normalizer.Finding.Mode;
import io.medtwin.twin.normalizer.Finding.Observation;
import io.medtwin.twin.normalizer.Flags;
import io.medtwin.twin.normalizer.Validity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The latest value of one metric.
 *
 * @param value {@link BigDecimal} or {@link String}; null where the validity allows none
 * @param bound the number that the value lies above or below, where the validity says so, or null
 * @param validity as observed
 * @param flags all that was said of it
 * @param stale not refreshed in time, or the link is lost: value and time stay readable, but must
 *     not look live
 * @param mode real, test or demo
 * @param observedAt when it was true
 * @param receivedAt when it came; of what the device kept and sent later, when it was true
 * @param clock how it is known when it was true
 */
public record Property(
    @Nullable Object value,
    @Nullable BigDecimal bound,
    Validity validity,
    Flags flags,
    boolean stale,
    Mode mode,
    Instant observedAt,
    Instant receivedAt,
    ClockQuality clock) {

  static Property of(Observation observation, Instant receivedAt) {
    var observedAt = observation.observedAt();
    boolean isOld = observation.flags().has(Flag.STORED) && observedAt.isBefore(receivedAt);
    return new Property(
        observation.value(),
        observation.bound(),
        observation.validity(),
        observation.flags(),
        false,
        observation.mode(),
        observedAt,
        isOld ? observedAt : receivedAt,
        observation.time().quality());
  }

  Property receivedAt(Instant other) {
    return new Property(value, bound, validity, flags, stale, mode, observedAt, other, clock);
  }

  Property asStale() {
    return new Property(value, bound, validity, flags, true, mode, observedAt, receivedAt, clock);
  }

  /**
   * As written in the twin: the observed validity, or {@code stale} where a value is left that is
   * too old.
   */
  public String validityWord() {
    return stale ? "stale" : validity.word();
  }

  /**
   * Whether a reader would see another state: validity, flags, mode, bound, presence of a value, or
   * a word. Numbers are compared elsewhere.
   */
  public boolean differsInKind(Property other) {
    return stale != other.stale
        || validity != other.validity
        || mode != other.mode
        || !flags.equals(other.flags)
        || !Objects.equals(bound, other.bound)
        || (value == null) != (other.value == null)
        || (value instanceof String && !value.equals(other.value));
  }

  /** Absolute difference of two numbers; zero where either is none. */
  public BigDecimal distance(Property other) {
    return value instanceof BigDecimal a && other.value instanceof BigDecimal b
        ? a.subtract(b).abs()
        : BigDecimal.ZERO;
  }
}
