/**
 * What the drivers of this module keep and compare of devices: ids and facts flow in, whether they
 * are the same or new flows out.
 */
@NullMarked
package io.medtwin.driver.internal.device;

import org.jspecify.annotations.NullMarked;
