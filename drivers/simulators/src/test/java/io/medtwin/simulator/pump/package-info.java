/** Tests of the package of the same name. */
@NullMarked
package io.medtwin.simulator.pump;

import org.jspecify.annotations.NullMarked;
