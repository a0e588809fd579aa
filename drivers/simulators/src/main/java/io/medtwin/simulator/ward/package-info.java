/**
 * A whole ward: a plan and a seed flow in; beds with pump, ECG monitor and oximeter, and wearables,
 * come to life on their wires, with a sheet of each that says how a gateway reaches it.
 */
@NullMarked
package io.medtwin.simulator.ward;

import org.jspecify.annotations.NullMarked;
