/**
 * The command line: arguments flow in, a running gateway or a report, and an exit code, flow out.
 */
@NullMarked
package io.medtwin.app.command;

import org.jspecify.annotations.NullMarked;
