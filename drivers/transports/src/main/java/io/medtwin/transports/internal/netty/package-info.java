/**
 * The one door to Netty: sockets become {@link io.medtwin.spi.transport.ByteWire}s. Bytes flow from
 * an event loop into a bounded inbox, and from there to the thread that reads the wire; what is
 * written flows straight to the channel. Only {@code transports.tcp} and {@code transports.udp} use
 * it.
 */
@NullMarked
package io.medtwin.transports.internal.netty;

import org.jspecify.annotations.NullMarked;
