/** What the figures rest on. */
@NullMarked
package io.medtwin.benchmarks.report;

import org.jspecify.annotations.NullMarked;
