/**
 * When a report was true. Device times and arrival times flow in; an {@link
 * io.medtwin.twin.clock.ObservedTime} for each report and a {@link
 * io.medtwin.twin.clock.ClockStatus} of the device flow out. Only the gateway's clock is trusted: a
 * device's is mapped to it. No clock is read here; the same reports give the same times.
 */
@NullMarked
package io.medtwin.twin.clock;

import org.jspecify.annotations.NullMarked;
