/**
 * A syringe pump, the device side of "Asena Rev 2.1.5": requests flow in, answers flow out, and
 * meanwhile the syringe runs empty.
 */
@NullMarked
package io.medtwin.simulator.pump;

import org.jspecify.annotations.NullMarked;
