/**
 * What Prometheus is told: a snapshot of the gateway and Java's own numbers flow in, text flows
 * out. The door to Micrometer and to the Prometheus client.
 */
@NullMarked
package io.medtwin.app.metrics;

import org.jspecify.annotations.NullMarked;
