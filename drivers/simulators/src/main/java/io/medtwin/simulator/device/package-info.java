/**
 * A simulated device in general: what it says (pure, driven by ticks of scenario time), the wire it
 * says it on, and the faults that can be laid on it. Ticks flow in, bytes leave on a real wire.
 */
@NullMarked
package io.medtwin.simulator.device;

import org.jspecify.annotations.NullMarked;
