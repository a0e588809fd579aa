/**
 * CoAP both ways: wearables post to {@link io.medtwin.transports.coap.CoapServerHub} and each post
 * flows out as a message of one link; {@link io.medtwin.transports.coap.CoapObserveTransport}
 * watches a resource of a mains-powered sensor, whose notifications flow out as messages.
 *
 * <h2>Posting</h2>
 *
 * One hub serves many links on one pair of ports: plain UDP (bench: only on loopback, or where
 * configuration insists) and DTLS 1.2 with one pre-shared key for each device.
 *
 * <pre>
 *   POST /ingest/{device}   vitals; confirmable or not
 *   POST /alarm/{device}    alarms; confirmable only
 *   GET  /.well-known/core  what is here (RFC 6690)
 * </pre>
 *
 * <table>
 *   <caption>What the device is told</caption>
 *   <tr><td>2.04</td><td>the gateway has taken it; with content where the driver answers</td></tr>
 *   <tr><td>4.00</td><td>the driver found the content malformed; or an alarm came unconfirmable</td></tr>
 *   <tr><td>4.03</td><td>the DTLS identity is not the device in the path, or the content names another device</td></tr>
 *   <tr><td>4.04</td><td>no such path, no such device</td></tr>
 *   <tr><td>4.05</td><td>not a POST</td></tr>
 *   <tr><td>4.08</td><td>a block is missing: start again</td></tr>
 *   <tr><td>4.13</td><td>more than 64 KiB</td></tr>
 *   <tr><td>4.15</td><td>a content format nobody here reads</td></tr>
 *   <tr><td>5.03</td><td>the device is known but its link is not open, or its inbox is full; Max-Age says when to try again</td></tr>
 * </table>
 *
 * <p>A response waits until the message is settled. Where that takes longer than 700 ms a
 * confirmable request is acknowledged first and the response follows separately (RFC 7252 section
 * 5.2.2), so that the device stops repeating itself.
 *
 * <h2>Limits</h2>
 *
 * Bodies 64 KiB, blocks 512 octets (configurable), 30 s between blocks, 1,000 peers, 64 messages
 * for each peer kept against duplicates, 4,096 datagrams waiting for the protocol thread, 256
 * messages waiting for each link. A flood of unknown paths costs one log line and one counter.
 *
 * <h2>Observing</h2>
 *
 * Order of notifications is RFC 7641 section 3.4. Past Max-Age the relation is registered again,
 * after 5 to 15 s more so that a ward does not ask at once after a power cut. A refused
 * registration, an error notification or a silent server ends the wire; the gateway opens another.
 * A notification is the latest value: where the inbox is full the oldest goes, and is counted.
 *
 * <p>This is the only package that sees Californium and Scandium. No settings file is read or
 * written. The library itself logs each odd datagram at INFO; run {@code org.eclipse.californium}
 * at WARN.
 */
@NullMarked
package io.medtwin.transports.coap;

import org.jspecify.annotations.NullMarked;
