/**
 * Reports as JSON, for the journal's lines and for whoever saves reports in a state. Streaming, so
 * that a line costs little; readable, so that {@code sqlite3} and its JSON functions can show it.
 */
@NullMarked
package io.medtwin.journal.json;

import org.jspecify.annotations.NullMarked;
