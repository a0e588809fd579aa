/**
 * What the console sees of a gateway and may ask of it: immutable snapshots in, and a few actions
 * out. The app implements it over the running line, a test over a scripted one.
 */
@NullMarked
package io.medtwin.console.line;

import org.jspecify.annotations.NullMarked;
