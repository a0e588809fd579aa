/**
 * Nonin OEM III pulse oximeters (OEM III, Xpod, 3150, 9560) in data formats 2, 7 and 8: frames flow
 * in, readings, waveform and alerts flow out. {@link io.medtwin.driver.noninoem3.NoninOem3Codec}
 * speaks both directions, so a simulator of the oximeter uses it too.
 */
@NullMarked
package io.medtwin.driver.noninoem3;

import org.jspecify.annotations.NullMarked;
