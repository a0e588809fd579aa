/**
 * Two small drivers, sound or with one defect each: what the rules of the kit are tried on. Bytes
 * or messages flow in, wrong reports flow out. They know the SPI only, as a driver does.
 */
@NullMarked
package io.medtwin.testkit.broken;

import org.jspecify.annotations.NullMarked;
