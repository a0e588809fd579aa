/**
 * B. Braun Space and Compactplus racks (BCC 3.2x to 3.36): requests to the ComDevice flow out, a
 * block for each pump flows in and becomes readings, alerts and presences of that pump. {@link
 * io.medtwin.driver.bbraunbcc.BccCodec} speaks both directions, so a simulator of the rack uses it
 * too.
 */
@NullMarked
package io.medtwin.driver.bbraunbcc;

import org.jspecify.annotations.NullMarked;
