/**
 * Whole-process runs: broker, generator, gateway and twin endpoint, each a process, on loopback.
 */
@NullMarked
package io.medtwin.benchmarks.load;

import org.jspecify.annotations.NullMarked;
