/**
 * An MQTT broker inside the process, for demonstrations and tests: clients on the loopback address
 * flow in and out. The one door to Artemis; never part of a production gateway.
 */
@NullMarked
package io.medtwin.simulator.broker;

import org.jspecify.annotations.NullMarked;
