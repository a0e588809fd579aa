/**
 * Sockets: bytes from HTTP, WebSocket and event-stream clients flow in and out; the twins decide
 * what is said.
 */
@NullMarked
package io.medtwin.ditto.embedded.internal.server;

import org.jspecify.annotations.NullMarked;
