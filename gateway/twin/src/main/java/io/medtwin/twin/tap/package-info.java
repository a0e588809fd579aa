/**
 * What somebody who looks over the shoulder of a device sees: bytes and messages of its link, what
 * its driver makes of them, and where that goes in the twin.
 */
@NullMarked
package io.medtwin.twin.tap;

import org.jspecify.annotations.NullMarked;
