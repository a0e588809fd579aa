/** Tests of the package of the same name. */
@NullMarked
package io.medtwin.simulator.sheet;

import org.jspecify.annotations.NullMarked;
