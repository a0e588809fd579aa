/**
 * Bedside devices that talk unasked: a patient flows in, the frames of an ECG monitor and of a
 * pulse oximeter flow out.
 */
@NullMarked
package io.medtwin.simulator.bedside;

import org.jspecify.annotations.NullMarked;
