package io.medtwin.twin.keeper;

import io.medtwin.twin.outbox.Facts;
import io.medtwin.twin.profile.Profile;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * One device to keep a twin of.
 *
 * @param facts ids and attributes
 * @param profile dictionary of its model
 * @param zone time zone of its wall clock, or null if nobody knows
 */
public record DevicePlan(Facts facts, Profile profile, @Nullable ZoneId zone) {

  /** A device of which nobody knows the zone. */
  public DevicePlan(Facts facts, Profile profile) {
    this(facts, profile, null);
  }
}
