package io.medtwin.twin.state;

import io.medtwin.twin.normalizer.Finding.Mode;
import io.medtwin.twin.normalizer.Finding.Observation;
import io.medtwin.twin.normalizer.Validity;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The latest value of one metric.
 *
 * @param value {@link BigDecimal} or {@link String}; null where the validity allows none
 * @param validity as observed
 * @param stale not refreshed in time, or the link is lost: value and time stay readable, but must
 *     not look live
 * @param mode real, test or demo
 * @param observedAt when it was true
 * @param receivedAt when it came
 */
public record Property(
    @Nullable Object value,
    Validity validity,
    boolean stale,
    Mode mode,
    Instant observedAt,
    Instant receivedAt) {

  static Property of(Observation observation, Instant receivedAt) {
    return new Property(
        observation.value(),
        observation.validity(),
        false,
        observation.mode(),
        observation.observedAt(),
        receivedAt);
  }

  Property receivedAt(Instant other) {
    return new Property(value, validity, stale, mode, observedAt, other);
  }

  Property asStale() {
    return new Property(value, validity, true, mode, observedAt, receivedAt);
  }

  /**
   * As written in the twin: the observed validity, or {@code stale} where a value is left that is
   * too old.
   */
  public String validityWord() {
    return stale ? "stale" : validity.word();
  }

  /**
   * Whether a reader would see another state: validity, mode, presence of a value, or a word.
   * Numbers are compared elsewhere.
   */
  public boolean differsInKind(Property other) {
    return stale != other.stale
        || validity != other.validity
        || mode != other.mode
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
