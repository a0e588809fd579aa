/**
 * The console: a web server over snapshots of a running gateway, of a fleet, or both. The app gives
 * it a line and a clock, and it gives browsers and the command line pages, JSON and events.
 */
@NullMarked
package io.medtwin.console;

import org.jspecify.annotations.NullMarked;
