/**
 * The door to Eclipse Ditto, and the only place that imports its client: {@link
 * io.medtwin.twin.backend.TwinCommand}s flow in and leave as Ditto protocol messages over one
 * WebSocket; the server's replies come back as {@link io.medtwin.twin.backend.Answer}s.
 */
@NullMarked
package io.medtwin.sync;

import org.jspecify.annotations.NullMarked;
