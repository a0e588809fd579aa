/**
 * Devices that a profile describes without code: bytes or GATT values and the lines of a
 * declaration flow in, reports flow out. {@link io.medtwin.driver.declared.Declaration} is the
 * grammar, {@link io.medtwin.driver.declared.Extraction} what it makes of one line, frame or value,
 * {@link io.medtwin.driver.declared.Emission} what of it is told.
 */
@NullMarked
package io.medtwin.driver.declared;

import org.jspecify.annotations.NullMarked;
