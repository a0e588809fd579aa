/**
 * HL7 v2 over MLLP: devices, racks and central stations dial in and send messages in frames; each
 * becomes a delivery of one {@link io.medtwin.spi.transport.MessageWire}, and each answer goes back
 * on the connection its message came by, in the order of the messages. Knows frames, not HL7.
 */
@NullMarked
package io.medtwin.transports.mllp;

import org.jspecify.annotations.NullMarked;
