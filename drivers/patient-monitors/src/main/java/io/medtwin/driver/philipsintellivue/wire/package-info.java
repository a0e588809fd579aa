/**
 * Bytes of the Philips IntelliVue Data Export protocol to records and back, the same for both ends:
 * datagrams or serial frames flow in, {@link io.medtwin.driver.philipsintellivue.wire.Pdu}s flow
 * out. All numbers are big-endian; times are ticks of 1/8 ms. Sources: recording, tables and notes
 * of {@code jaj42/intellipy} (MIT), framing of {@code xeonfusion/VSCaptureMP}, alarm entries as
 * several open decoders agree on them ({@code mdpnp/mdpnp}, {@code Koshsky/Intellivue-api}).
 */
@NullMarked
package io.medtwin.driver.philipsintellivue.wire;

import org.jspecify.annotations.NullMarked;
