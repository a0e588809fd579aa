/**
 * Devices as CoAP clients that post what they measure, in the clear or over DTLS: packs flow out to
 * a server, its answers are counted. The one door to Californium in this module.
 */
@NullMarked
package io.medtwin.simulator.coap;

import org.jspecify.annotations.NullMarked;
