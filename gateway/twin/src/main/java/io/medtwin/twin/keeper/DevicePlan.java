package io.medtwin.twin.keeper;

import io.medtwin.twin.outbox.Facts;
import io.medtwin.twin.profile.Profile;

/**
 * One device to keep a twin of.
 *
 * @param facts ids and attributes
 * @param profile dictionary of its model
 */
public record DevicePlan(Facts facts, Profile profile) {}
