/** Tests of the package of the same name. */
@NullMarked
package io.medtwin.simulator.pty;

import org.jspecify.annotations.NullMarked;
