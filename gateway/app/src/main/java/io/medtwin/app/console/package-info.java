/**
 * The running gateway as its console sees it: snapshots and actions of the line, the fleet by
 * Ditto's search, and what goes into a diagnostic bundle.
 */
@NullMarked
package io.medtwin.app.console;

import org.jspecify.annotations.NullMarked;
