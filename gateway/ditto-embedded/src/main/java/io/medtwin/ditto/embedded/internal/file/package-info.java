/**
 * One file that outlives the process: things and policies flow in as lines, and out again at the
 * next start.
 */
@NullMarked
package io.medtwin.ditto.embedded.internal.file;

import org.jspecify.annotations.NullMarked;
