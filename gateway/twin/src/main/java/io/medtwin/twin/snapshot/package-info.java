/**
 * The state of a device as {@link io.medtwin.twin.backend.Patch}es and as text, so that a restart
 * need not read everything that ever happened. Twins and properties flow in as they are and out as
 * they were. The only package of the twin that sees a JSON library.
 */
@NullMarked
package io.medtwin.twin.snapshot;

import org.jspecify.annotations.NullMarked;
