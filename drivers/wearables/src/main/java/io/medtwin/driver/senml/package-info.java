/**
 * Sensor Measurement Lists (RFC 8428) over CoAP and MQTT: packs in JSON or CBOR flow in, readings
 * flow out. {@link io.medtwin.driver.senml.Senml} is the pure codec, {@link
 * io.medtwin.driver.senml.SenmlDriver} the thin part around it.
 */
@NullMarked
package io.medtwin.driver.senml;

import org.jspecify.annotations.NullMarked;
