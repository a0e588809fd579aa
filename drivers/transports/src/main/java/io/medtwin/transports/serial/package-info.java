/**
 * Devices on a serial line: a port, with its every line parameter, becomes a {@link
 * io.medtwin.spi.transport.ByteWire}. The one door to jSerialComm.
 */
@NullMarked
package io.medtwin.transports.serial;

import org.jspecify.annotations.NullMarked;
