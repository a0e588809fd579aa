/**
 * The door to JSON: plain values flow in and UTF-8 flows out, small bodies flow in and named fields
 * flow out. Streaming only, with limits on depth and size.
 */
@NullMarked
package io.medtwin.console.json;

import org.jspecify.annotations.NullMarked;
