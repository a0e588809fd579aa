/**
 * The crash harness's own device: text lines come in, readings, alerts and events with an id of
 * their own go out. Loaded by the gateway as a plugin, like any maker's driver.
 */
@NullMarked
package io.medtwin.benchmarks.crash.probe;

import org.jspecify.annotations.NullMarked;
