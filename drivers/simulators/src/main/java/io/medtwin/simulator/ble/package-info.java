/**
 * Bluetooth health sensors and the bridges that hear them: a patient flows in, characteristic
 * values as octets flow to a bridge, and its MQTT messages flow out to a broker.
 */
@NullMarked
package io.medtwin.simulator.ble;

import org.jspecify.annotations.NullMarked;
