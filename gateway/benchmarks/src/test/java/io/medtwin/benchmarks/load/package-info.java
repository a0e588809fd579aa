/** What the figures rest on. */
@NullMarked
package io.medtwin.benchmarks.load;

import org.jspecify.annotations.NullMarked;
