/**
 * Which device is which: what a file, a device or a hub says of a device's identity flows in;
 * identifiers, known devices, doubts, and a Ditto thing id that never has to change flow out.
 */
@NullMarked
package io.medtwin.twin.identity;

import org.jspecify.annotations.NullMarked;
