/**
 * The console as people meet it: a demo and a real browser run, what is typed and clicked flows in,
 * what the page shows comes out. Skipped where there is no Chromium.
 */
@NullMarked
package io.medtwin.app.console;

import org.jspecify.annotations.NullMarked;
