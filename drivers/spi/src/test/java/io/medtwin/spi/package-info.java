/** Tests of what a device maker compiles against: values flow in, refusals flow out. */
@NullMarked
package io.medtwin.spi;

import org.jspecify.annotations.NullMarked;
