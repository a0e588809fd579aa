/**
 * The twin side of the line. What devices said ({@link io.medtwin.twin.Received}) flows in; one
 * merge for each device and window flows out to a {@link io.medtwin.twin.backend.TwinBackend}. In
 * between: profile, normalizer, state, outbox.
 */
@NullMarked
package io.medtwin.twin;

import org.jspecify.annotations.NullMarked;
