/**
 * {@code medtwin demo}: a simulated ward on real wires, a broker and a twin endpoint flow together
 * into a configuration file; the gateway that runs is the same as for real devices. Not part of a
 * production installation.
 */
@NullMarked
package io.medtwin.app.demo;

import org.jspecify.annotations.NullMarked;
