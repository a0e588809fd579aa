/**
 * Devices behind an MQTT broker. One {@link io.medtwin.transports.mqtt.MqttHub} holds one broker
 * connection; each {@link io.medtwin.transports.mqtt.MqttTransport} takes from it the messages of
 * its topic pattern. Messages flow in unacknowledged, and their PUBACK flows out when the gateway
 * has settled them. The one door to Eclipse Paho.
 */
@NullMarked
package io.medtwin.transports.mqtt;

import org.jspecify.annotations.NullMarked;
