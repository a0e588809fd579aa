/**
 * Changes that the backend has not confirmed: what changed flows in, at most one command for each
 * device flows out, and an answer settles it. State is coalesced (latest wins); alerts and events
 * keep their order and are never coalesced.
 */
@NullMarked
package io.medtwin.twin.outbox;

import org.jspecify.annotations.NullMarked;
