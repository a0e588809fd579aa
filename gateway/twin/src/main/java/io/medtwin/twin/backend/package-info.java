/**
 * The far end as the twin sees it: {@link io.medtwin.twin.backend.TwinCommand}s flow out, one at a
 * time for each thing; {@link io.medtwin.twin.backend.Answer}s flow back. The module {@code sync}
 * implements it on Eclipse Ditto.
 */
@NullMarked
package io.medtwin.twin.backend;

import org.jspecify.annotations.NullMarked;
