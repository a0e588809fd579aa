/**
 * Devices and terminal servers on TCP: one connection, dialled by us or by the device, becomes a
 * {@link io.medtwin.spi.transport.ByteWire}.
 */
@NullMarked
package io.medtwin.transports.tcp;

import org.jspecify.annotations.NullMarked;
