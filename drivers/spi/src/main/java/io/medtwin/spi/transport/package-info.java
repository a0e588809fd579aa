/**
 * The other side of a link, for those who carry bytes and messages: a {@link
 * io.medtwin.spi.transport.Transport} opens a {@link io.medtwin.spi.transport.Wire}; the gateway
 * makes the driver's link of it. A driver never sees this package.
 */
@NullMarked
package io.medtwin.spi.transport;

import org.jspecify.annotations.NullMarked;
