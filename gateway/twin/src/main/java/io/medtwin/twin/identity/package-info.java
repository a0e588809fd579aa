/**
 * Names of things: what is configured of a device flows in, a Ditto thing id that never has to
 * change flows out.
 */
@NullMarked
package io.medtwin.twin.identity;

import org.jspecify.annotations.NullMarked;
