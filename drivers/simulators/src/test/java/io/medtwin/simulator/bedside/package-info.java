/** Tests of the package of the same name. */
@NullMarked
package io.medtwin.simulator.bedside;

import org.jspecify.annotations.NullMarked;
