/** Microbenchmarks. Each says what one operation is. */
@NullMarked
package io.medtwin.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
