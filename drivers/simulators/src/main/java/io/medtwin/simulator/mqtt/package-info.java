/**
 * Devices and bridges as MQTT clients: publications flow out to a broker, commands flow in. The one
 * door to Paho in this module.
 */
@NullMarked
package io.medtwin.simulator.mqtt;

import org.jspecify.annotations.NullMarked;
