/** What the figures rest on. */
@NullMarked
package io.medtwin.benchmarks.process;

import org.jspecify.annotations.NullMarked;
