/**
 * What a patient's body gives to sensors: recordings of real signals and a seed flow in; ECG,
 * pulse, pressure and breathing at any moment of scenario time, and the numbers that follow from
 * them, flow out. Pure: no clock, no I/O besides loading the recordings once.
 */
@NullMarked
package io.medtwin.simulator.physiology;

import org.jspecify.annotations.NullMarked;
