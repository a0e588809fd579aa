/** Measures the gateway from outside: the command line flows in, reports flow out. */
@NullMarked
package io.medtwin.benchmarks;

import org.jspecify.annotations.NullMarked;
