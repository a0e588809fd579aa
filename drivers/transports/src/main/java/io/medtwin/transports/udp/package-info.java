/**
 * Devices that speak in UDP datagrams: the datagrams of one peer become a {@link
 * io.medtwin.spi.transport.ByteWire}.
 */
@NullMarked
package io.medtwin.transports.udp;

import org.jspecify.annotations.NullMarked;
