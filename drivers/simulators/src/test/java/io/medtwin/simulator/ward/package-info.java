/** Tests of the package of the same name. */
@NullMarked
package io.medtwin.simulator.ward;

import org.jspecify.annotations.NullMarked;
