/**
 * Wearables with a radio of their own: a patient flows in, packs of SenML and a watch maker's JSON
 * flow out, to be carried by MQTT or CoAP.
 */
@NullMarked
package io.medtwin.simulator.wearable;

import org.jspecify.annotations.NullMarked;
