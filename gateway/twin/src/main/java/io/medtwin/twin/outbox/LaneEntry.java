package io.medtwin.twin.outbox;

import io.medtwin.twin.backend.Patch;

/**
 * One alert or event on its way, ahead of state and never coalesced.
 *
 * @param features members of {@code features} that tell it
 */
record LaneEntry(Patch features) {}
