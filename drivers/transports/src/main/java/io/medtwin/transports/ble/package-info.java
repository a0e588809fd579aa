/**
 * BLE bridges: boxes that hear Bluetooth devices and pass on what they hear. The bridge's messages
 * flow in over any message transport (today MQTT); one GATT event after the other flows out, each
 * as a message that no longer shows which make of bridge it came through.
 *
 * <pre>
 *   carrier message ─► {@link io.medtwin.transports.ble.BridgeDialect} ─► {@link io.medtwin.transports.ble.GattEvent} ─► Message
 *   topic, JSON        pure, one for each make                  canonical                           address = device
 * </pre>
 *
 * <h2>Dialects</h2>
 *
 * <ul>
 *   <li>{@link io.medtwin.transports.ble.CassiaMqtt}: Cassia gateways. Scans, notifications and
 *       connection states; heartbeats are answered. A notification names a handle: configuration or
 *       one discovery for each connection says which characteristic that is. Notifications wait for
 *       the discovery, at most 10 s and 64 for each device, then go on without a characteristic.
 *   <li>{@link io.medtwin.transports.ble.OpenMqtt}: OpenMQTTGateway and Theengs. Advertisements,
 *       decoded sensors, replies to reads that the configuration asks for every so often, and the
 *       bridge's own birth and will.
 * </ul>
 *
 * <h2>Messages</h2>
 *
 * <p>Address and device: the Bluetooth address, upper case with colons. Payload: raw octets; for
 * {@code decoded} the bridge's JSON object; for {@code connection} the word {@code connected} or
 * {@code disconnected}. Attributes are the constants of {@link io.medtwin.spi.Message} and of
 * {@link io.medtwin.transports.ble.GattEvent}. When a bridge says that it is offline, each device
 * heard last through it is disconnected; it is connected again with the next thing heard of it.
 *
 * <p>Accepting the last message that came of a carrier message accepts the carrier message. What
 * yields no event is accepted at once; what is malformed is refused and counted.
 *
 * <h2>Limits</h2>
 *
 * JSON of 64 KiB and 16 levels, no key twice; addresses of six octets; 1,024 devices remembered,
 * 256 discovered, 64 discoveries under way, 256 notifications held. Nothing is ever written to a
 * device: there is no message that would.
 */
@NullMarked
package io.medtwin.transports.ble;

import org.jspecify.annotations.NullMarked;
