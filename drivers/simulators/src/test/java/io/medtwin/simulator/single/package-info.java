/** Tests of the package of the same name. */
@NullMarked
package io.medtwin.simulator.single;

import org.jspecify.annotations.NullMarked;
