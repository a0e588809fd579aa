/**
 * The example of the driver guide in {@code drivers/spi/README.md}, compiled and held to the rules.
 */
@NullMarked
package io.medtwin.guide;

import org.jspecify.annotations.NullMarked;
