/**
 * A device that is made from its sheet alone: the sheet that {@code medtwin generate} writes of a
 * profile flows in, messages of living values flow out, in the words that the driver reads.
 */
@NullMarked
package io.medtwin.simulator.sheet;

import org.jspecify.annotations.NullMarked;
