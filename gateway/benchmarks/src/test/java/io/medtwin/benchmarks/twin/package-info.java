/** What the figures rest on. */
@NullMarked
package io.medtwin.benchmarks.twin;

import org.jspecify.annotations.NullMarked;
