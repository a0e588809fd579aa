package io.medtwin.twin.state;

import io.medtwin.twin.normalizer.Validity;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far a reader may take a value for now. Beside the validity, which is the device's own word,
 * this is the gateway's: each state of silence is told apart.
 */
public enum Freshness {
  /** Measured, and another value than the one before. */
  FRESH("fresh"),
  /** Measured again, the same value: {@code observedAt} says when. */
  UNCHANGED("unchanged"),
  /** The link is there, but the device did not say it again in time. */
  STALE("stale"),
  /** The link is lost; what the device does now is not known. */
  DISCONNECTED("disconnected"),
  /** The device says that the value is invalid. */
  INVALID("invalid"),
  /** The device says that there is no value, and the validity says why. */
  ABSENT("absent");

  private final String word;

  Freshness(String word) {
    this.word = word;
  }

  /** As written in the twin. */
  public String word() {
    return word;
  }

  /**
   * Of a property.
   *
   * @param told the property as a reader has it now, or null
   */
  public static Freshness of(Property property, @Nullable Property told, LinkState.Status link) {
    if (property.stale()) {
      return link == LinkState.Status.OFFLINE ? DISCONNECTED : STALE;
    }
    if (property.validity() == Validity.INVALID) {
      return INVALID;
    }
    if (property.value() == null) {
      return ABSENT;
    }
    boolean same = told != null && !told.stale() && Objects.equals(told.value(), property.value());
    return same ? UNCHANGED : FRESH;
  }
}
