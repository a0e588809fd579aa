/** Tests of the package of the same name. */
@NullMarked
package io.medtwin.simulator.broker;

import org.jspecify.annotations.NullMarked;
