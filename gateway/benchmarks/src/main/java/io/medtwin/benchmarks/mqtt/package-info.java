/**
 * The smallest MQTT 5 client that can load a broker: packets built by hand, so that the generator
 * is not what is measured.
 */
@NullMarked
package io.medtwin.benchmarks.mqtt;

import org.jspecify.annotations.NullMarked;
