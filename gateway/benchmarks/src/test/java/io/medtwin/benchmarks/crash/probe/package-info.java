/** Tests of the probe's driver. */
@NullMarked
package io.medtwin.benchmarks.crash.probe;

import org.jspecify.annotations.NullMarked;
