/**
 * The smallest CoAP client that can load a server: one UDP socket for each device, as real devices
 * have.
 */
@NullMarked
package io.medtwin.benchmarks.coap;

import org.jspecify.annotations.NullMarked;
