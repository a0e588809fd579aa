/**
 * The current state of one device as immutable values: a {@link io.medtwin.twin.normalizer.Finding}
 * and a {@link io.medtwin.twin.state.Twin} flow in, the next {@code Twin} flows out. No clock, no
 * I/O, no thread.
 */
@NullMarked
package io.medtwin.twin.state;

import org.jspecify.annotations.NullMarked;
