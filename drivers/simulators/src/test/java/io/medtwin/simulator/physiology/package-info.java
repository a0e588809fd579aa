/** Tests of the package of the same name. */
@NullMarked
package io.medtwin.simulator.physiology;

import org.jspecify.annotations.NullMarked;
