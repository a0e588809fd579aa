/**
 * Every path of the console: who may ask, what is asked of the line, and what goes back. Requests
 * flow in, replies flow out.
 */
@NullMarked
package io.medtwin.console.routes;

import org.jspecify.annotations.NullMarked;
