/**
 * The twin endpoint of a run: its process, who watches it, and whether what it holds is what was
 * sent.
 */
@NullMarked
package io.medtwin.benchmarks.twin;

import org.jspecify.annotations.NullMarked;
