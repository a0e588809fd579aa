/**
 * Serial ports without hardware: pseudo terminals of the operating system. Bytes of a simulated
 * device flow in at the master side, and come out at a path that any program opens like a serial
 * adapter.
 */
@NullMarked
package io.medtwin.simulator.pty;

import org.jspecify.annotations.NullMarked;
