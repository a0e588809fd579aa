/** {@code medtwin bench}: the command line of the benchmarks. */
@NullMarked
package io.medtwin.benchmarks;

import org.jspecify.annotations.NullMarked;
