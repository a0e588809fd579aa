/**
 * An embedded twin endpoint for demos and tests: commands of Ditto's HTTP and WebSocket API flow
 * in, answers and twin events flow out; what it serves lives in memory, optionally in one file.
 */
@NullMarked
package io.medtwin.ditto.embedded;

import org.jspecify.annotations.NullMarked;
