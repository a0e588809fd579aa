/** The door to the log's backend: its last lines, and its form. */
@NullMarked
package io.medtwin.app.log;

import org.jspecify.annotations.NullMarked;
