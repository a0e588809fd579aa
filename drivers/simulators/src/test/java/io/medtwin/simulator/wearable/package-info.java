/** Tests of the package of the same name. */
@NullMarked
package io.medtwin.simulator.wearable;

import org.jspecify.annotations.NullMarked;
