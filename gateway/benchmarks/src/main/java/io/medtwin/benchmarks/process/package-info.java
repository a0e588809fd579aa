/** Processes that a run starts and ends by their id, and what the kernel says of them. */
@NullMarked
package io.medtwin.benchmarks.process;

import org.jspecify.annotations.NullMarked;
