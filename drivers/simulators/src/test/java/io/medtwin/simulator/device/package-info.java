/** Tests of the package of the same name. */
@NullMarked
package io.medtwin.simulator.device;

import org.jspecify.annotations.NullMarked;
