/**
 * Devices that say what others once said: conversations of the testkit flow in, frames and answers
 * flow out.
 */
@NullMarked
package io.medtwin.simulator.play;

import org.jspecify.annotations.NullMarked;
