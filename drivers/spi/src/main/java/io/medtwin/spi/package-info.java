/**
 * What a device maker compiles against: a {@link io.medtwin.spi.Driver} takes a {@link
 * io.medtwin.spi.Link}, speaks the device's protocol, and hands {@link io.medtwin.spi.Report}s to
 * its {@link io.medtwin.spi.Session}. Bytes or messages flow in, reports flow out; nothing here
 * knows of twins or of Ditto.
 */
@NullMarked
package io.medtwin.spi;

import org.jspecify.annotations.NullMarked;
