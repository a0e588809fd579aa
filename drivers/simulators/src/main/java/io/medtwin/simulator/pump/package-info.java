/**
 * Infusion pumps, the device side of "Asena Rev 2.1.5" (one syringe pump) and of BCC (a rack of
 * Space pumps): requests flow in, answers flow out, and meanwhile syringes run empty.
 */
@NullMarked
package io.medtwin.simulator.pump;

import org.jspecify.annotations.NullMarked;
