/**
 * One thread that looks at the line: snapshots flow in; rates, trends and events flow out, each
 * event made once for all clients. Nobody waits for a client.
 */
@NullMarked
package io.medtwin.console.feed;

import org.jspecify.annotations.NullMarked;
