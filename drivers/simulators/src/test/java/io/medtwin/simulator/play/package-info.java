/** Tests of the package of the same name. */
@NullMarked
package io.medtwin.simulator.play;

import org.jspecify.annotations.NullMarked;
